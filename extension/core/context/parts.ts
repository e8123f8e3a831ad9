import * as l10n from '@vscode/l10n';
import type { Omission, Pack, PackedFile, PackRequest } from '../pack.ts';
import type { Partition, PartPlan, TellStage, Tokenizer } from '../ports.ts';
import type { Gate } from '../repository/gate.ts';
import type { IndexedFile } from '../repository/indexedFile.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';
import { inSpells } from '../spells.ts';
import { type DividedFile, partition, pieceSection } from './partition.ts';
import { byReason } from './repositoryShare.ts';
import { splitLines } from './section.ts';
import { readSteering } from './steered.ts';

/** What parts are made with. */
interface PartPorts {
  readonly index: RepositoryIndex;
  readonly gate: Gate;
  readonly tokenizer: Tokenizer;
}

/** Files between two words about how far it is. */
const tellEvery = 64;

/** Divides all files of an index that pass the gate, by path. The index may change meanwhile: its files as they are now are divided. */
export async function partitionIndex(
  { index, gate, tokenizer, counter }: PartPorts & { readonly counter: Tokenizer },
  { budget, steering = {} }: Pick<PackRequest, 'budget' | 'steering'>,
  signal: AbortSignal,
  tell?: TellStage,
): Promise<Partition> {
  const { isExcluded } = readSteering(steering);
  const files = index.files
    .filter((file) => file !== undefined)
    .filter(({ path }) => !isExcluded(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const { omitted } = index;
  const refused: Omission[] = [];
  let divided = 0;

  async function* passed(): AsyncGenerator<DividedFile> {
    const spell = inSpells(signal);
    for (const [done, file] of files.entries()) {
      await spell();
      if (done % tellEvery === 0) tell?.({ stage: 'counting', done, total: files.length });
      const safe = await gate.pass(file, () => index.text(file));
      if ('refused' in safe) {
        refused.push({ path: file.path, reason: safe.refused });
        continue;
      }
      divided++;
      yield { path: file.path, text: safe.text, outline: () => index.outline(file) };
    }
  }

  const parts = await partition(passed(), budget, tokenizer, counter, signal);
  return {
    parts,
    files: divided,
    tokens: parts.reduce((sum, { tokens }) => sum + tokens, 0),
    leftOut: byReason([...omitted, ...refused], () => false),
  };
}

/** Writes a part, exactly counted; what is gone or has grown since is left out. */
export async function writePart(
  { index, gate, tokenizer }: PartPorts,
  { pieces }: PartPlan,
  budget: number,
  signal: AbortSignal,
): Promise<Pack> {
  const changed = l10n.t('changed while it was read');
  const omitted: Omission[] = [];
  const sections: { file: Omit<PackedFile, 'tokens'>; text: string }[] = [];
  for (const piece of pieces) {
    signal.throwIfAborted();
    const { path, startLine, endLine, isWhole } = piece;
    const file: IndexedFile | undefined = index.find(path);
    const safe = file ? await gate.pass(file, () => index.text(file)) : { refused: changed };
    if ('refused' in safe) {
      omitted.push({ path, reason: safe.refused });
      continue;
    }
    const lines = isWhole ? splitLines(safe.text).length : endLine;
    const packed = {
      path,
      level: isWhole ? ('full' as const) : ('excerpt' as const),
      ranges: [[startLine, lines]] as const,
    };
    sections.push({ file: packed, text: pieceSection(piece, safe.text) });
  }
  const counts = await tokenizer.count(
    sections.map(({ text }) => text),
    signal,
  );
  let tokens = 0;
  const kept = sections.filter(({ file: { path } }, at) => {
    if (tokens + (counts[at] ?? 0) > budget) {
      omitted.push({ path, reason: changed });
      return false;
    }
    tokens += counts[at] ?? 0;
    return true;
  });
  const countOf = new Map(sections.map((each, at) => [each, counts[at] ?? 0]));
  return {
    budget,
    tokens,
    encoding: tokenizer.encoding,
    files: kept.map((each) => ({ ...each.file, tokens: countOf.get(each) ?? 0 })),
    omitted,
    text: kept.map(({ text }) => text).join(''),
  };
}
