import * as l10n from '@vscode/l10n';
import { LRUCache } from 'lru-cache';
import type { Cursor, Omission, Pack, PackRequest, RepositoryShare } from '../pack.ts';
import type { IndexStore, Packer, RepositoryReader, TellStage, Tokenizer } from '../ports.ts';
import { alikePaths } from '../repository/alikePaths.ts';
import { createGate, type Findings } from '../repository/gate.ts';
import type { IndexedFile } from '../repository/indexedFile.ts';
import { listReadable, type Readable, whyUnreadable } from '../repository/listing.ts';
import { createRepositoryReader } from '../repository/lookup/repositoryReader.ts';
import {
  createRepositoryIndex,
  type IndexImage,
  type IndexPorts,
  type Progress,
  type RepositoryIndex,
} from '../repository/repositoryIndex.ts';
import type { SecretGate } from '../repository/secrets/secretGate.ts';
import { queryWords } from '../repository/words.ts';
import { inSpells } from '../spells.ts';
import { rememberCounts } from '../tokens/tokenCache.ts';
import { createFileSearch } from './fileSearch.ts';
import { orderForCursor } from './forCursor.ts';
import { isWithin, orderForQuestion, type QuestionReaders } from './forQuestion.ts';
import { partitionIndex, writePart } from './parts.ts';
import { type Pinned, writePins } from './pins.ts';
import { costOf, shareOf } from './repositoryShare.ts';
import { createSelection, type PackOrder } from './selection.ts';
import { createPassageReader } from './similarPassages.ts';
import { type Choices, isBelow, readSteering, type Steered } from './steered.ts';
import { createUnitReader } from './units.ts';
import { createWriter, type Piece, type Writer } from './writer.ts';

/** What a packer works on. */
export interface PackerPorts extends IndexPorts {
  readonly tokenizer: Tokenizer;
  readonly secrets: SecretGate;
  readonly store?: IndexStore;
  /** Told of the files read during a scan. */
  readonly progress?: Progress;
}

/** A packer that lets its index be looked into. */
export interface ReadingPacker extends Packer {
  readonly reader: RepositoryReader;
}

/** Creates a packer. It stays warm between requests for the same few folders. */
export function createPacker(ports: PackerPorts): ReadingPacker {
  const tokenizer = rememberCounts(ports.tokenizer, ports.hash);
  const gate = createGate(ports.secrets);
  const repositories = new LRUCache<string, Warm>({ max: mostRoots });
  let last: Promise<unknown> = Promise.resolve();
  /** Of the folder that was asked about last: one answer may have several paths to look for. */
  let listing: { key: string; began: number; files: Promise<Readable> } | undefined;

  /** Tells whether there is anything to keep that was not there before. */
  const stateOf = (index: RepositoryIndex): string =>
    [index.revision, tokenizer.counts().size, gate.findings().size].join();

  async function open(root: string): Promise<Warm> {
    const known = repositories.get(root);
    if (known) return known;
    const kept = asKept(await ports.store?.load(root));
    const index = createRepositoryIndex(root, ports, kept?.index);
    if (kept) {
      tokenizer.recall(kept.counts);
      gate.recall(kept.findings);
    }
    const readers = {
      index,
      units: createUnitReader(index),
      passages: createPassageReader(index),
      search: createFileSearch(index),
    };
    const warm = { readers, kept: kept ? stateOf(index) : '' };
    repositories.set(root, warm);
    return warm;
  }

  /** The index of a folder, in line with the disk and a request's unsaved buffers. */
  async function fresh(
    request: Pick<PackRequest, 'root' | 'overlay' | 'exclude' | 'unchanged'>,
    signal: AbortSignal,
    tell?: TellStage,
  ): Promise<QuestionReaders> {
    signal.throwIfAborted();
    const { readers } = await open(request.root);
    await readers.index.refresh(request, signal, (done, total) => {
      ports.progress?.(done, total);
      tell?.({ stage: 'scanning', done, total });
    });
    return readers;
  }

  async function make(request: PackRequest, signal: AbortSignal, tell?: TellStage): Promise<Pack> {
    if (request.cursor) ports.parser.prepare?.(request.cursor.path);
    const readers = await fresh(request, signal, tell);
    const { index } = readers;
    tell?.({ stage: 'choosing' });
    const { cursor } = request;
    const steered = readSteering(request.steering);
    const writer = createWriter(index, gate, tokenizer, cursor ? 'skeleton' : 'excerpt');
    const selection = createSelection();
    /** What is needed in the end anyway, done while the parser works on another thread. */
    const meanwhile = async (files: readonly IndexedFile[]): Promise<void> => {
      const loading = tokenizer.count(['']);
      const spell = inSpells(signal);
      for (const file of files) {
        await spell();
        await gate.pass(file, () => index.text(file));
      }
      await loading;
    };
    const pinned = await pinnedIn(readers, steered, writer, request, signal);
    const isPinned = new Set(pinned.pieces.map(({ file }) => file.path));
    const choices: Choices = {
      skips: (path) => isPinned.has(path) || steered.isExcluded(path),
      levelOf: steered.levelOf,
    };
    const budget = request.budget - tokensOf(pinned.pieces);
    const rest = { ...request, budget };
    const order = cursor
      ? await orderForCursor(readers, cursor, await textAt(index, request, cursor), rest, choices, meanwhile, signal)
      : await orderForQuestion(readers, rest, choices, signal);
    order.fill(selection, budget);
    const ranked = await writer.fit(selection, budget, (tokens) => order.fill(selection, tokens), signal);
    const explained = ranked.map(({ text, file }): Piece => {
      const found = index.find(file.path);
      const reason = reasonFor(file.path, steered, pinned, found ? order.reason(found) : '');
      return { text, file: { ...file, reason } };
    });
    // Pins first: whatever is asked, the prompt begins with the same bytes.
    const pieces = [...pinned.pieces, ...explained];
    const omitted = omissions(index, pieces, writer.refused, request, order, steered, pinned);
    const repository = cursor ? undefined : shareOf(index, pieces, omitted, writer.refused);
    return packOf(request, tokenizer.encoding, pieces, omitted, repository);
  }

  /** One after the other: each sees the index with its own unsaved buffers, from beginning to end. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  }

  return {
    pack: (request, signal, tell) => inTurn(() => make(request, signal, tell)),
    async partition(request, signal, tell) {
      const index = await inTurn(async () => (await fresh(request, signal, tell)).index);
      return partitionIndex({ index, gate, tokenizer, counter: ports.tokenizer }, request, signal, tell);
    },
    async part({ root, plan, budget }, signal) {
      const { index } = (await open(root)).readers;
      return writePart({ index, gate, tokenizer }, plan, budget, signal);
    },
    likely: (request, signal) =>
      inTurn(async () => {
        const { search } = await fresh(request, signal);
        const known = new Set(request.except);
        const found = await search.search(queryWords(request.question), signal);
        return found
          .filter(({ file }) => !known.has(file.path))
          .slice(0, request.most)
          .map(({ file }) => ({ path: file.path, tokens: Math.round(costOf(file)) }));
      }),
    // Only bringing the index in line has its turn: a long search must not keep a completion waiting.
    reader: createRepositoryReader(gate, (request, signal) => inTurn(async () => (await fresh(request, signal)).index)),
    async screen({ root, path, text, exclude }, signal) {
      const folder = root === undefined ? undefined : { root, ...(exclude ? { exclude } : {}) };
      const refused = folder && (await whyUnreadable(ports.files, folder, path, signal));
      if (refused) return { refused };
      const findings = await ports.secrets.scan(path, text);
      return { secrets: [...new Set(findings.map(({ start, end }) => text.slice(start, end)))] };
    },
    async alike({ root, path, exclude = [] }, signal) {
      const key = JSON.stringify([root, exclude]);
      if (listing?.key !== key || performance.now() - listing.began > listingAge)
        listing = { key, began: performance.now(), files: listReadable(ports.files, { root, exclude }, signal) };
      const mine = listing;
      try {
        return alikePaths(await mine.files, path);
      } catch (error) {
        if (listing === mine) listing = undefined;
        throw error;
      }
    },
    async keep() {
      for (const [root, warm] of repositories.entries()) {
        const state = stateOf(warm.readers.index);
        if (warm.kept === state) continue;
        warm.kept = state;
        const index = warm.readers.index.image();
        const kept: Kept = { version: keptVersion, index, counts: tokenizer.counts(), findings: gate.findings() };
        // A full disk or a read-only folder costs the next session its start, and nothing else.
        await ports.store?.save(root, kept).catch(() => {});
      }
    },
  };
}

/** Milliseconds for which a listing is taken for true when paths are looked for. */
const listingAge = 3_000;

/** Repositories kept warm: the folders of a workspace, within reason. */
const mostRoots = 4;

/** A repository that has been read. */
interface Warm {
  readonly readers: QuestionReaders;
  /** The state that is on disk; empty where nothing is. */
  kept: string;
}

/** What is kept of a repository between sessions. */
interface Kept {
  readonly version: number;
  readonly index: IndexImage;
  readonly counts: ReadonlyMap<string, number>;
  readonly findings: Findings;
}

/** Changes whenever what is kept, or how it is made, changes; what has another version is made again. */
const keptVersion = 2;

function asKept(data: unknown): Kept | undefined {
  const kept = data as Kept | undefined;
  return typeof kept === 'object' && kept !== null && kept.version === keptVersion ? kept : undefined;
}

/** The text of the file at the cursor; empty where there is none yet. */
async function textAt(index: RepositoryIndex, { overlay = {} }: PackRequest, { path }: Cursor): Promise<string> {
  const unsaved = overlay[path];
  if (unsaved !== undefined) return unsaved;
  const file = index.find(path);
  return (file && (await index.text(file))) ?? '';
}

/** The pinned files; the one at the cursor is sent on its own anyway. */
function pinnedIn(
  readers: QuestionReaders,
  steered: Steered,
  writer: Writer,
  { question = '', cursor, budget, within }: PackRequest,
  signal: AbortSignal,
): Promise<Pinned> {
  const query = cursor ? [] : queryWords(question);
  const isOut = (path: string): boolean => path === cursor?.path || !isWithin(path, within);
  return writePins(steered, { ...readers, query }, writer, budget, isOut, signal);
}

/** Why a file is in that was ranked, with the user's part in it. */
function reasonFor(path: string, steered: Steered, pinned: Pinned, reason: string): string {
  if (pinned.refused.has(path)) return l10n.t('pinned by you, though there is room for this much only');
  return steered.levelOf(path) ? l10n.t('{0}; at the level that you set', reason) : reason;
}

/** Every file that is not in the pack, with the reason. */
function omissions(
  index: RepositoryIndex,
  pieces: readonly Piece[],
  refused: readonly Omission[],
  { cursor, within }: PackRequest,
  { considered }: PackOrder,
  steered: Steered,
  pinned: Pinned,
): Omission[] {
  const known = new Set([...pieces.map(({ file }) => file.path), ...refused.map(({ path }) => path)]);
  const rest: Omission[] = [];

  function reasonOut({ path, slot }: IndexedFile): string {
    if (path === cursor?.path) return l10n.t('sent on its own, as the file at the cursor');
    if (steered.isExcluded(path)) return l10n.t('excluded by you');
    const refusal = pinned.refused.get(path);
    if (refusal !== undefined) return refusal;
    return considered(slot) ? l10n.t('over the budget') : l10n.t('nothing connects it with what is asked');
  }

  /** Whether a pin stands for any file that is spoken of already. */
  const isKnown = (path: string): boolean =>
    index.files.some((file) => file && isBelow(file.path, path)) ||
    index.omitted.some((each) => isBelow(each.path, path));

  for (const file of index.files) {
    if (!file || known.has(file.path) || !isWithin(file.path, within)) continue;
    rest.push({ path: file.path, reason: reasonOut(file) });
  }
  for (const { path } of steered.pins) {
    if (path === cursor?.path || isKnown(path) || !isWithin(path, within)) continue;
    rest.push({ path, reason: l10n.t('pinned by you, but there is no such file that may be read') });
  }
  const unread = index.omitted.filter(({ path }) => isWithin(path, within));
  return [...unread, ...refused, ...rest].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const tokensOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { file }) => sum + file.tokens, 0);

function packOf(
  { budget, steering }: PackRequest,
  encoding: string,
  pieces: readonly Piece[],
  omitted: readonly Omission[],
  repository: RepositoryShare | undefined,
): Pack {
  return {
    budget,
    tokens: tokensOf(pieces),
    encoding,
    files: pieces.map(({ file }) => file),
    omitted,
    text: pieces.map(({ text }) => text).join(''),
    ...(repository ? { repository } : {}),
    ...(steering ? { steering } : {}),
  };
}
