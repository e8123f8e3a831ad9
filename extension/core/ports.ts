import type { Spent } from './backend/backend.ts';
import type { InlineEvent } from './completion/inlineRequest.ts';
import type { LeftOut, Omission, Pack, PackRequest, Steering } from './pack.ts';
import type { Language } from './repository/languages.ts';
import type { Outline } from './repository/outline.ts';
import type { Settings } from './settings.ts';

/** Everything the core asks of its host. The editor, the CLI and the tests each hand in their own. */
export interface Ports {
  readonly transport: Transport;
  readonly files: FileReader;
  readonly packer: Packer;
  readonly tokenizer: Tokenizer;
  readonly settings: () => Settings;
  readonly secrets: Secrets;
  readonly log: Log;
  /** Without one, no tools are offered to models. */
  readonly reader?: RepositoryReader;
  /** Without one, tools do without what only an editor knows. */
  readonly editor?: EditorKnowledge;
  /** Without one, places are judged by their line alone. */
  readonly syntax?: SyntaxParser;
  /** Without one, nothing is remembered between sessions. */
  readonly memory?: Memory;
  /** Told what happens beside the answers to inline requests. */
  readonly inline?: (event: InlineEvent) => void;
  /** What the user has decided about a folder's packs. */
  readonly steering?: (root: string) => Steering | undefined;
  /** Told after every request what the session has taken so far. */
  readonly spending?: (spent: Spent) => void;
}

/** A request to a model server. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds until the response's head must arrive: a cold prompt may take minutes to read. */
  readonly headTimeout: number;
  /** Milliseconds between two pieces of the body. */
  readonly idleTimeout: number;
}

/** A response whose body is still arriving. Abandoning the body's iteration closes the socket. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** The network. Aborting the signal closes the socket, before and after the response's head. */
export interface Transport {
  /** @throws TransportFailure when no response came; the signal's reason when aborted. */
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
}

/** Why a request got no response, or its body broke off. */
export type TransportFailureKind = 'refused' | 'unresolved' | 'timeout' | 'tls' | 'proxy' | 'redirected' | 'broken';

/** Thrown by a {@link Transport}, and by the iteration of a response's body. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly kind: TransportFailureKind;

  constructor(kind: TransportFailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }

  /** By name, since the transport is bundled on its own and has this class once more. */
  static is(error: unknown): error is TransportFailure {
    return error instanceof Error && error.name === 'TransportFailure' && 'kind' in error;
  }
}

/** A file below a folder, before it was opened. */
export interface ListedFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since the epoch: with `bytes`, tells whether what was read is still true. */
  readonly modified: number;
}

/** The files below a folder that version control does not ignore, sorted by path. */
export interface Listing {
  readonly source: 'git' | 'walk';
  readonly files: readonly ListedFile[];
  readonly omitted: readonly Omission[];
}

/** What stands in a file. */
export type FileContent = { readonly bytes: Uint8Array } | { readonly refused: string };

/** Thrown by {@link Files.list} for a folder that is not there, is no folder, or may not be read. */
export class FolderFailure extends Error {
  override readonly name = 'FolderFailure';
}

/** Thrown where the user stopped the reading of the repository; its message is for them. */
export class ReadingStopped extends Error {
  override readonly name = 'ReadingStopped';
}

/** Reads files below a folder. */
export interface FileReader {
  /** Reads one listed file; refuses what leads outside the root or holds more than `maxBytes` bytes. */
  read(root: string, path: string, maxBytes: number): Promise<FileContent>;
}

/** Which files were committed together. */
export interface History {
  /** Names the newest commit. */
  readonly head: string;
  /** Paths of each commit below the folder, the newest commit first. */
  readonly commits: readonly (readonly string[])[];
}

/** The file system, read only. */
export interface Files extends FileReader {
  /** Whether version control ignores a file, be it there or not. */
  ignores(root: string, path: string, signal: AbortSignal): Promise<boolean>;
  /** @throws FolderFailure when the folder cannot be read. */
  list(root: string, signal: AbortSignal): Promise<Listing>;
  /** The folder's history; undefined where it has none, or where its newest commit is `known` already. */
  history(root: string, known: string | undefined, signal: AbortSignal): Promise<History | undefined>;
}

/** Keeps what took long to make between sessions. */
export interface IndexStore {
  /** What was saved last for a folder; undefined where there is nothing, or nothing readable. Never rejects. */
  load(root: string): Promise<unknown>;
  /** Saves plain data. Whoever reads meanwhile gets the old data or the new, never a part. */
  save(root: string, image: unknown): Promise<void>;
}

/** What the gate says of a file that the user is typing in. */
export type Screening =
  | {
      /** Why nothing of it may be sent, in words that can be shown. */
      readonly refused: string;
    }
  | {
      /** Texts in it that are secrets. */
      readonly secrets: readonly string[];
    };

/** A file that the user is typing in. */
export interface ScreenRequest {
  /** Absolute path of its folder; undefined where it belongs to none. */
  readonly root: string | undefined;
  readonly path: string;
  readonly text: string;
  readonly exclude?: readonly string[];
}

/** A path that may be written wrongly. */
export interface AlikeRequest {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Relative to it. */
  readonly path: string;
  readonly exclude?: readonly string[];
}

/** The files that somebody may mean by a path. */
export interface AlikePaths {
  /** Files of the same name, those that share most of the path from its end; all letters of one case. */
  readonly same: readonly string[];
  /** Where there are none: files of its kind in its folder, the first few. One of them may have had the path. */
  readonly siblings: readonly string[];
  /** Why the file of exactly this path is left out of packs, where it is there and is. */
  readonly omitted?: string;
}

/** What is known of a place in a file; `code` where no more is known. */
export interface SyntaxParser {
  /** Undefined where the file's kind is not parsed, or not in time. Never rejects. */
  surroundings(path: string, text: string, offset: number): Promise<'code' | 'comment' | 'string' | undefined>;
  /** 1-based lines at which a text does not parse, the first few; undefined like above. Never rejects. */
  faults(path: string, text: string): Promise<readonly number[] | undefined>;
}

/** Keeps small things of this machine between sessions. */
export interface Memory {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
}

/** What a packer is doing. */
export type PackStage =
  | { readonly stage: 'scanning'; readonly done: number; readonly total: number }
  | { readonly stage: 'choosing' }
  /** Files counted so far, of a partition. */
  | { readonly stage: 'counting'; readonly done: number; readonly total: number };

/** Told what a packer is doing, while it is. */
export type TellStage = (stage: PackStage) => void;

/** Some of a file's lines, in one part of a repository. */
export interface PartPiece {
  readonly path: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly isWhole: boolean;
  /** Of a line that is longer than a part: the UTF-16 units of it that are meant. */
  readonly columns?: readonly [from: number, to: number];
  /** Exact tokens, its heading included. */
  readonly tokens: number;
}

/** What one part of a repository holds. */
export interface PartPlan {
  readonly tokens: number;
  readonly pieces: readonly PartPiece[];
}

/** A repository in parts: each line that may be read stands in exactly one of them. */
export interface Partition {
  readonly parts: readonly PartPlan[];
  readonly files: number;
  readonly tokens: number;
  readonly leftOut: readonly LeftOut[];
}

/** One part to be written. */
export interface PartRequest {
  readonly root: string;
  readonly plan: PartPlan;
  /** Tokens, at the most. */
  readonly budget: number;
}

/** A question whose files are looked for. */
export interface LikelyRequest extends Pick<PackRequest, 'root' | 'overlay' | 'exclude'> {
  readonly question: string;
  /** Paths that are known already. */
  readonly except: readonly string[];
  /** How many are wanted, at the most. */
  readonly most: number;
}

/** A file that may hold an answer. */
export interface LikelyFile {
  readonly path: string;
  /** Tokens of the whole file, about. */
  readonly tokens: number;
}

/** Makes packs. It works where it cannot block the user: in a worker, or in a process of its own. */
export interface Packer {
  pack(request: PackRequest, signal: AbortSignal, tell?: TellStage): Promise<Pack>;
  /** Divides everything that may be read into parts within the budget, by path; nothing of it is ranked. */
  partition(request: PackRequest, signal: AbortSignal, tell?: TellStage): Promise<Partition>;
  /** Writes one part of a partition. What has changed since is left out, with the reason. */
  part(request: PartRequest, signal: AbortSignal): Promise<Pack>;
  /** The files that match a question best, the best first. */
  likely(request: LikelyRequest, signal: AbortSignal): Promise<readonly LikelyFile[]>;
  /** Passes a file that the user types in through the gate: ignore rules, names and secrets. Rejects where it cannot tell. */
  screen(request: ScreenRequest, signal: AbortSignal): Promise<Screening>;
  /** Finds the files that somebody may mean by a path. @throws FolderFailure when the folder cannot be read. */
  alike(request: AlikeRequest, signal: AbortSignal): Promise<AlikePaths>;
  /** Saves what the next session can use, if anything is new. Never rejects: what is not saved is made again. */
  keep(): Promise<void>;
}

/** A folder to look into: the unsaved buffers in it, and the user's own patterns of what to leave out. */
export type FolderRequest = Pick<PackRequest, 'root' | 'overlay' | 'exclude'>;

/** What to search for, line by line. */
export interface TextQuery {
  readonly text: string;
  /** Whether `text` is a regular expression; matched in linear time (`linearRegex`). */
  readonly isRegex: boolean;
  /** A file, a folder or a pattern as in `.gitignore`; all files unless given. */
  readonly path?: string;
}

/** Lines that a search has found. */
export interface TextHits {
  readonly hits: readonly { readonly path: string; readonly line: number; readonly text: string }[];
  /** Files that were searched. */
  readonly files: number;
  /** Why there may be more. */
  readonly cut?: 'many' | 'slow';
}

/** A declaration, and where it stands. */
export interface FoundDeclaration {
  readonly path: string;
  readonly name: string;
  /** In the words of the Language Server Protocol's symbol kinds. */
  readonly kind: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** How many declarations it stands in. */
  readonly depth: number;
}

/** Something, or why there is none, in words that can be shown. */
export type OrRefused<T> = T | { readonly refused: string };

/**
 * Looks into a repository as packs do: only what may leave the machine is seen, without its secrets. It works where it cannot
 * block the user. Rejects with the signal's reason, and with {@link FolderFailure}.
 */
export interface RepositoryReader {
  read(request: FolderRequest & { readonly path: string }, signal: AbortSignal): Promise<OrRefused<{ text: string }>>;
  search(request: FolderRequest & { readonly query: TextQuery }, signal: AbortSignal): Promise<OrRefused<TextHits>>;
  /** The declarations of a file, in order. */
  declarations(
    request: FolderRequest & { readonly path: string },
    signal: AbortSignal,
  ): Promise<OrRefused<{ found: readonly FoundDeclaration[] }>>;
  /** Where a name is declared; it may be qualified (`Class.method`). With `isPart`, where names are that hold it, the likest first. */
  definitions(
    request: FolderRequest & { readonly name: string; readonly isPart?: boolean },
    signal: AbortSignal,
  ): Promise<{ readonly found: readonly FoundDeclaration[] }>;
}

/** A problem that the editor knows of. */
export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** What only an editor knows. */
export interface EditorKnowledge {
  /** Problems in a folder, or in one file of it; the worst first, not all of very many. */
  problems(root: string, path: string | undefined): Promise<readonly Problem[]>;
  /** What a language service tells of a file; undefined where there is none, or none that answers in time. */
  declarations(root: string, path: string, signal: AbortSignal): Promise<readonly FoundDeclaration[] | undefined>;
}

/** Counts tokens; special tokens in the text count as plain text (DESIGN.md section 4). */
export interface Tokenizer {
  readonly encoding: string;
  count(texts: readonly string[], signal?: AbortSignal): Promise<readonly number[]>;
}

/** Finds the declarations of a text. */
export interface OutlineParser {
  /** Undefined where the text cannot be parsed. Never throws for a text. */
  outline(language: Language, text: string): Promise<Outline | undefined>;
  /** Loads what a file of this name will need, so that it is there when the file comes. */
  prepare?(path: string): void;
}

/** Where keys are kept. A key is only given out for the server that it was entered for. */
export interface Secrets {
  /** The key of the hosted API at an origin (scheme, host and port), if one is stored. */
  apiKey(origin: string): Promise<string | undefined>;
  /** The key of the local server that the settings name, if one is stored; servers that were only found get none. */
  localKey(origin: string): Promise<string | undefined>;
}

/** Detail for whoever looks into a failure. Never given prompts, file contents or keys. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
