import { LRUCache } from 'lru-cache';
import type { Omission, PackRequest } from '../pack.ts';
import type { Files, ListedFile, OutlineParser } from '../ports.ts';
import { inSpells } from '../spells.ts';
import { type CoChange, createCoChange } from './coChange.ts';
import { type FileFacts, readFacts } from './fileFacts.ts';
import { createImportGraph, type ImportGraph } from './importGraph.ts';
import { dirname } from './imports/paths.ts';
import type { IndexedFile } from './indexedFile.ts';
import { createInvertedTerms } from './invertedTerms.ts';
import { languageOf } from './languages.ts';
import { largestFile, readable } from './leftOut.ts';
import { lineOutline } from './lineOutline.ts';
import { listReadable } from './listing.ts';
import type { Outline } from './outline.ts';
import { decodeOutline, encodeOutline, type OutlineCode } from './outlineCode.ts';
import { createPostings } from './postings.ts';
import { createTermCounter, type Terms } from './terms.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

/** What a repository holds, ready to be searched. */
export interface RepositoryIndex {
  /** Brings the index in line with the disk and the request's unsaved buffers; with `unchanged` the disk is not looked at. */
  refresh(request: IndexRequest, signal: AbortSignal, progress?: Progress): Promise<void>;
  /** The files by slot; a slot may be empty. */
  readonly files: readonly (IndexedFile | undefined)[];
  readonly fileCount: number;
  /** Files left out before anything was ranked. */
  readonly omitted: readonly Omission[];
  find(path: string): IndexedFile | undefined;
  readonly vocabulary: Vocabulary;
  /** The terms of a text that need not be a file's. */
  count(text: string): Terms;
  /** How many files hold a term. */
  frequency(term: number): number;
  /** Slots of the files that hold each of some terms. */
  holders(terms: ReadonlySet<number>): ReadonlyMap<number, readonly number[]>;
  /** Slots of the files that seem to declare a name. */
  definers(name: string): readonly number[];
  /** Slots of the files directly within a folder. */
  within(folder: string): Iterable<number>;
  readonly graph: ImportGraph;
  /** Slots of the files that were committed together with one, and how often: shares between 0 and 1. */
  changedWith(path: string): ReadonlyMap<number, number>;
  /** A file's text, or undefined where it is gone. */
  text(file: IndexedFile): Promise<string | undefined>;
  outline(file: IndexedFile): Promise<Outline>;
  /** What is worth keeping on disk. */
  image(): IndexImage;
  /** Counts what was read, parsed or taken away: as long as it is the same, so is what is worth keeping. */
  readonly revision: number;
}

/** What decides what the index holds. */
export type IndexRequest = Pick<PackRequest, 'overlay' | 'exclude' | 'unchanged'>;

/** Called now and then during a scan. */
export type Progress = (done: number, total: number) => void;

/** The index as it is kept between sessions: plain data. */
export interface IndexImage {
  readonly terms: readonly string[];
  readonly outlines: ReadonlyMap<string, OutlineCode>;
  readonly rows: readonly KeptRow[];
}

/** What an index works with. */
export interface IndexPorts {
  readonly files: Files;
  readonly parser: OutlineParser;
  /** A collision-free digest of a text. */
  readonly hash: (text: string) => string;
}

/** A file as it is kept: where nothing of this has changed, it need not be read. */
type KeptRow = Omit<IndexedFile, 'slot'> & Pick<ListedFile, 'bytes' | 'modified'>;

interface Row extends KeptRow {
  readonly slot: number;
  /** True while an unsaved buffer stands in for the file. */
  readonly unsaved: boolean;
}

/** Files read at once: enough to hide latency, few enough for any descriptor limit. */
const atOnce = 32;

/** Characters of text kept in memory. */
const textMemory = 48 << 20;

/** Facts and outlines kept, of texts that are no longer there too. */
const factMemory = 10_000;
const outlineMemory = 20_000;

/** Creates the index of one repository, from an earlier image where one is given. */
export function createRepositoryIndex(root: string, ports: IndexPorts, image?: IndexImage): RepositoryIndex {
  const vocabulary = createVocabulary();
  const count = createTermCounter(vocabulary);
  for (const term of image?.terms ?? []) vocabulary.add(term);

  // Of texts that came and went: a switch of branches and back reads nothing anew.
  const facts = new LRUCache<string, FileFacts>({ max: factMemory });
  const outlines = new LRUCache<string, OutlineCode>({ max: outlineMemory });
  for (const [hash, code] of image?.outlines ?? []) outlines.set(hash, code);
  const texts = new LRUCache<string, string>({ maxSize: textMemory, sizeCalculation: (text) => text.length + 1 });
  const kept = new Map((image?.rows ?? []).map((row) => [row.path, row]));

  const rows: (Row | undefined)[] = [];
  const slots = new Map<string, number>();
  let frequencies = new Uint32Array(1 << 16);
  const byName = createPostings();
  const byFolder = new Map<string, Set<number>>();
  const refused = new Map<string, { readonly file: ListedFile; readonly reason: string }>();
  let fileCount = 0;
  let revision = 0;
  let omitted: readonly Omission[] = [];
  let listed: ReadonlyMap<string, ListedFile> = new Map();
  let head: string | undefined;
  let coChange: CoChange = createCoChange([]);
  // False while a scan is under way, and after one that was cancelled.
  let isInLine = false;

  const inverted = createInvertedTerms({
    get slots() {
      return rows.length;
    },
    get terms() {
      return vocabulary.size;
    },
    termsOf: (slot) => rows[slot]?.facts.terms.ids,
  });
  const graph = createImportGraph({
    files: rows,
    find: (path) => rows[slots.get(path) ?? -1],
    nameId: (name) => vocabulary.find(name),
  });

  /** The same text in a file of another kind is read otherwise. */
  const keyOf = ({ path, hash }: Pick<IndexedFile, 'path' | 'hash'>): string => `${languageOf(path) ?? ''} ${hash}`;

  function put(row: Omit<Row, 'slot'>): void {
    const before = rows[slots.get(row.path) ?? -1];
    if (before && before.hash === row.hash) {
      rows[before.slot] = { ...row, slot: before.slot };
      return;
    }
    if (before) forget(before);
    const slot = before?.slot ?? rows.length;
    slots.set(row.path, slot);
    rows[slot] = { ...row, slot };
    fileCount++;
    countIn(row.facts.terms.ids, 1);
    byName.add(slot, row.facts.defines);
    const folder = byFolder.get(dirname(row.path)) ?? new Set();
    byFolder.set(dirname(row.path), folder.add(slot));
    inverted.changed(slot);
    graph.changed(slot, before === undefined || row.facts.manifest !== undefined);
  }

  function countIn(ids: Uint32Array, by: 1 | -1): void {
    if (frequencies.length < vocabulary.size) {
      const larger = new Uint32Array(vocabulary.size * 2);
      larger.set(frequencies);
      frequencies = larger;
    }
    for (const id of ids) frequencies[id] = (frequencies[id] ?? 0) + by;
  }

  function forget(row: Row): void {
    rows[row.slot] = undefined;
    fileCount--;
    countIn(row.facts.terms.ids, -1);
    byName.remove(row.slot, row.facts.defines);
    byFolder.get(dirname(row.path))?.delete(row.slot);
  }

  function remove(path: string): void {
    const row = rows[slots.get(path) ?? -1];
    if (!row) return;
    forget(row);
    slots.delete(path);
    revision++;
    inverted.changed(row.slot);
    graph.changed(row.slot, true);
  }

  function putText(path: string, text: string, stat: Pick<ListedFile, 'bytes' | 'modified'>, unsaved: boolean): void {
    const hash = ports.hash(text);
    const key = keyOf({ path, hash });
    texts.set(hash, text);
    let known = facts.get(key);
    if (!known) {
      known = readFacts(path, text, count, vocabulary);
      // Every keystroke makes another unsaved text, and none of them comes again.
      if (!unsaved) {
        facts.set(key, known);
        revision++;
      }
    }
    put({ path, hash, facts: known, bytes: stat.bytes, modified: stat.modified, unsaved });
  }

  async function readFile(file: ListedFile): Promise<void> {
    const { path } = file;
    const row = kept.get(path);
    if (row && same(row, file)) {
      facts.set(keyOf(row), row.facts);
      put({ ...row, unsaved: false });
      return;
    }
    const read = await ports.files.read(root, path, largestFile);
    const content = 'refused' in read ? read : readable(read.bytes);
    if ('text' in content) putText(path, content.text, file, false);
    else {
      remove(path);
      refused.set(path, { file, reason: content.refused });
    }
  }

  const same = (a: { bytes: number; modified: number }, b: ListedFile): boolean =>
    a.bytes === b.bytes && a.modified === b.modified;

  async function bringInLine(request: IndexRequest, signal: AbortSignal, progress?: Progress): Promise<void> {
    isInLine = false;
    const reading = ports.files.history(root, head, signal);
    reading.catch(() => {});
    const listing = await listReadable(ports.files, { ...request, root }, signal);
    listed = new Map(listing.files.map((file) => [file.path, file]));
    for (const path of [...slots.keys()]) if (!listed.has(path)) remove(path);
    for (const path of [...refused.keys()]) if (!listed.has(path)) refused.delete(path);
    const stale = listing.files.filter((file) => {
      const row = rows[slots.get(file.path) ?? -1];
      if (row) return row.unsaved || !same(row, file);
      const out = refused.get(file.path);
      return !out || !same(out.file, file);
    });
    const spell = inSpells(signal);
    for (let at = 0; at < stale.length; at += atOnce) {
      signal.throwIfAborted();
      await Promise.all(stale.slice(at, at + atOnce).map((file) => readFile(file)));
      await spell();
      progress?.(Math.min(at + atOnce, stale.length), stale.length);
    }
    for (const file of stale) if (slots.has(file.path)) refused.delete(file.path);
    kept.clear();
    const history = await reading;
    if (history) {
      head = history.head;
      coChange = createCoChange(history.commits);
    }
    omitted = [
      ...listing.omitted,
      ...[...refused.values()].map(({ file: { path }, reason }) => ({ path, reason })),
    ].sort((a, b) => (a.path < b.path ? -1 : 1));
    isInLine = true;
  }

  async function textOf({ path, hash }: IndexedFile): Promise<string | undefined> {
    const known = texts.get(hash);
    if (known !== undefined) return known;
    const read = await ports.files.read(root, path, largestFile);
    const content = 'refused' in read ? read : readable(read.bytes);
    // A file that has changed since is not the one that was asked for.
    if (!('text' in content) || ports.hash(content.text) !== hash) return undefined;
    texts.set(hash, content.text);
    return content.text;
  }

  async function outlineOf(file: IndexedFile): Promise<Outline> {
    const key = keyOf(file);
    const known = outlines.get(key);
    if (known) return decodeOutline(known);
    const language = languageOf(file.path);
    const text = (await textOf(file)) ?? '';
    const outline = (language && (await ports.parser.outline(language, text))) ?? lineOutline(text);
    outlines.set(key, encodeOutline(outline));
    if (rows[file.slot]?.unsaved === false) revision++;
    return outline;
  }

  return {
    async refresh(request, signal, progress) {
      if (!request.unchanged || !isInLine) await bringInLine(request, signal, progress);
      const { overlay = {} } = request;
      for (const row of rows) {
        const file = row?.unsaved && !(row.path in overlay) ? listed.get(row.path) : undefined;
        if (file) await readFile(file);
      }
      for (const [path, text] of Object.entries(overlay)) {
        const file = listed.get(path);
        if (file) putText(path, text, file, true);
      }
    },
    files: rows,
    get fileCount() {
      return fileCount;
    },
    get omitted() {
      return omitted;
    },
    find: (path) => rows[slots.get(path) ?? -1],
    vocabulary,
    count,
    frequency: (term) => frequencies[term] ?? 0,
    holders: (terms) => inverted.holders(terms),
    definers: (name) => {
      const id = vocabulary.find(name);
      return id === undefined ? [] : byName.files(id);
    },
    within: (folder) => byFolder.get(folder) ?? [],
    graph,
    changedWith(path) {
      const shares = new Map<number, number>();
      for (const [other, share] of coChange.with(path)) {
        const slot = slots.get(other);
        if (slot !== undefined) shares.set(slot, share);
      }
      return shares;
    },
    text: textOf,
    outline: outlineOf,
    get revision() {
      return revision;
    },
    image() {
      const saved = rows.filter((row) => row !== undefined && !row.unsaved) as Row[];
      const keys = new Set(saved.map(keyOf));
      return {
        terms: vocabulary.all(),
        outlines: new Map([...outlines.entries()].filter(([key]) => keys.has(key))),
        rows: saved.map(({ path, hash, facts, bytes, modified }) => ({ path, hash, facts, bytes, modified })),
      };
    },
  };
}
