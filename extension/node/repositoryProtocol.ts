import { NotificationType, RequestType, RequestType0 } from 'vscode-jsonrpc/node';
import type { Pack, PackRequest } from '../core/pack.ts';
import type {
  AlikePaths,
  AlikeRequest,
  LikelyFile,
  LikelyRequest,
  PackStage,
  Partition,
  PartRequest,
  RepositoryReader,
  Screening,
  ScreenRequest,
} from '../core/ports.ts';

/** What the repository's worker needs to start. */
export interface RepositoryWorkerData {
  /** Folder of the bundles and their data. */
  readonly distribution: string;
  /** Translations, as VS Code hands them out; empty for English. */
  readonly translations: Readonly<Record<string, string>>;
  /** Folder for indexes; without one nothing is kept between sessions. */
  readonly indexes?: string;
}

/** The code of the error that stands for a `FolderFailure`; its message is the failure's. */
export const folderFailureCode = 1;

/** A request whose stages are told under its number, where it has one. */
export type Numbered<T> = T & { readonly number?: number };

/** Makes a pack. */
export const packRequest = new RequestType<Numbered<PackRequest>, Pack, void>('pack');

/** Divides a repository, and writes a part of it. */
export const partitionRequest = new RequestType<Numbered<PackRequest>, Partition, void>('partition');
export const partRequest = new RequestType<PartRequest, Pack, void>('part');

/** Looks for the files that match a question. */
export const likelyRequest = new RequestType<LikelyRequest, readonly LikelyFile[], void>('likely');

/** Tells what is done for a numbered request. */
export const stageNotification = new NotificationType<PackStage & { readonly number: number }>('stage');

/** Passes a file that the user types in through the gate. */
export const screenRequest = new RequestType<ScreenRequest, Screening, void>('screen');

/** Finds the files that somebody may mean by a path. */
export const alikeRequest = new RequestType<AlikeRequest, AlikePaths, void>('alike');

type Look<Name extends keyof RepositoryReader> = RequestType<
  Parameters<RepositoryReader[Name]>[0],
  Awaited<ReturnType<RepositoryReader[Name]>>,
  void
>;

/** What the reader of repositories is asked, by the names of its methods. */
export const lookRequests: { readonly [Name in keyof RepositoryReader]: Look<Name> } = {
  read: new RequestType('look/read'),
  search: new RequestType('look/search'),
  declarations: new RequestType('look/declarations'),
  definitions: new RequestType('look/definitions'),
};

/** Counts tokens. */
export const countRequest = new RequestType<readonly string[], readonly number[], void>('count');

/** Tells how many of the files to read have been read. */
export const progressNotification = new NotificationType<{ readonly done: number; readonly total: number }>('progress');

/** Saves what the next session can use. */
export const keepRequest = new RequestType0<void, void>('keep');
