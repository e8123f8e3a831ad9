import assert from 'node:assert/strict';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Citation, withVerdicts } from '../../../extension/core/conversation/citations/citation.ts';
import { createCitationCheck } from '../../../extension/core/conversation/citations/citationCheck.ts';
import { createMentionFinder } from '../../../extension/core/conversation/citations/mentions.ts';
import type { Packer } from '../../../extension/core/ports.ts';
import { diskFiles } from '../../../extension/node/diskFiles.ts';
import { createNodePacker } from '../../../extension/node/nodePacker.ts';
import { makeWorkspace, type TestWorkspace } from '../../support/workspace.ts';
import type { CitationCase } from './citationCases/case.ts';
import { chinese } from './citationCases/chinese.ts';
import { compiled } from './citationCases/compiled.ts';
import { otherFiles } from './citationCases/otherFiles.ts';
import { paths } from './citationCases/paths.ts';
import { python } from './citationCases/python.ts';
import { overlay, repository } from './citationCases/repository.ts';
import { structure } from './citationCases/structure.ts';
import { typescript } from './citationCases/typescript.ts';
import { wording } from './citationCases/wording.ts';

const cases: Readonly<Record<string, readonly CitationCase[]>> = {
  typescript,
  python,
  compiled,
  otherFiles,
  paths,
  structure,
  chinese,
  wording,
};

const never = new AbortController().signal;
const placeOf = ({ path, startLine, endLine }: Pick<Citation, 'path' | 'startLine' | 'endLine'>): string =>
  `${path}:${startLine}-${endLine}`;

function written(citation: Citation): string {
  const { status, to, reason, verified } = citation;
  assert.equal(verified, status === 'verified');
  if (status === 'verified') return `✓ ${placeOf(citation)}${to ? ` (${placeOf(to)})` : ''}`;
  return to ? `→ ${placeOf(citation)} → ${placeOf(to)}` : `✗ ${placeOf(citation)} (${reason})`;
}

/** Numbers from 0 to 1, the same for a seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** A text in pieces of up to twice a size. */
function piecesOf(text: string, size: number, random: () => number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = at + (size === 1 ? 1 : 1 + Math.floor(random() * size * 2));
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

describe('what an answer cites', () => {
  let workspace: TestWorkspace;
  let packer: Packer;
  before(async () => {
    workspace = await makeWorkspace(repository);
    const { folder } = workspace;
    await writeFile(`${folder}-outside.ts`, 'export const outside = true;\n');
    await symlink(`${folder}-outside.ts`, join(folder, 'src/out.ts'));
    await symlink('price.ts', join(folder, 'src/alias.ts'));
    await mkdir(join(folder, 'src/folder.ts'));
    packer = createNodePacker(
      { distribution: 'dist' },
      { encoding: 'none', count: async (texts) => texts.map(() => 0) },
    );
  });
  after(async () => {
    await rm(`${workspace.folder}-outside.ts`);
    await workspace.dispose();
  });

  async function check(answer: string, pieces: readonly string[] = [answer]): Promise<Citation[]> {
    const folder = { root: workspace.folder, overlay, exclude: [] };
    const citations = createCitationCheck(folder, { files: diskFiles, packer }, never);
    let found: Citation[] = [];
    for (const piece of pieces) {
      citations.push(piece);
      found = withVerdicts(found, citations.news());
    }
    return withVerdicts(found, await citations.finish());
  }

  const withRoot = (text: string): string => text.replaceAll('ROOT', workspace.folder);

  for (const [group, all] of Object.entries(cases)) {
    describe(group, () => {
      for (const [name, answer, ...verdicts] of all) {
        it(name, async () => {
          const found = (await check(withRoot(answer))).map(written);
          assert.deepEqual(found, verdicts.map(withRoot), answer);
        });
      }
    });
  }

  it('is judged alike in whatever pieces the answer comes', async () => {
    const random = createRandom(20_261_125);
    const answers = Object.values(cases).flatMap((all) => all.map(([, answer]) => withRoot(answer)));
    // Each on its own, and some after one another, where one ends in the middle of something.
    const texts = [
      ...answers,
      ...answers.map((answer, at) => `${answer}\n\n${answers.at(at - 7)}\n${answers.at(at - 20)}`),
    ];
    for (const text of texts) {
      const whole = createMentionFinder();
      const expected = [...whole.push(text), ...whole.end()];
      for (const size of [1, 2, 3, 7, 40]) {
        const finder = createMentionFinder();
        const found = piecesOf(text, size, random).flatMap((piece) => finder.push(piece));
        assert.deepEqual([...found, ...finder.end()], expected, JSON.stringify(text));
      }
    }
    for (const text of answers.filter((_, at) => at % 5 === 0))
      assert.deepEqual(await check(text, piecesOf(text, 5, random)), await check(text), text);
  });

  it('are at least 200 cases, no two of them alike', () => {
    const answers = Object.values(cases).flatMap((all) => all.map(([, answer]) => answer));
    assert.equal(new Set(answers).size, answers.length);
    assert.ok(answers.length >= 200, `${answers.length} cases`);
  });
});
