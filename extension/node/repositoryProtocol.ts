import { NotificationType, RequestType, RequestType0 } from 'vscode-jsonrpc/node';
import type { Pack, PackRequest } from '../core/pack.ts';
import type { Screening, ScreenRequest } from '../core/ports.ts';

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

/** Makes a pack. */
export const packRequest = new RequestType<PackRequest, Pack, void>('pack');

/** Passes a file that the user types in through the gate. */
export const screenRequest = new RequestType<ScreenRequest, Screening, void>('screen');

/** Counts tokens. */
export const countRequest = new RequestType<readonly string[], readonly number[], void>('count');

/** Tells how many of the files to read have been read. */
export const progressNotification = new NotificationType<{ readonly done: number; readonly total: number }>('progress');

/** Saves what the next session can use. */
export const keepRequest = new RequestType0<void, void>('keep');
