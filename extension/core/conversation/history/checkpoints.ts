/** One file that an edit changes. */
export interface FileChange {
  /** Relative to the chat's folder, with `/`. */
  readonly path: string;
  /** What stands in it; undefined where there is no such file. */
  readonly before: Uint8Array | undefined;
  /** What the edit makes of it; undefined where it deletes the file. */
  readonly after: Uint8Array | undefined;
  /** What the editor calls the encoding of the file, where that is told: bytes here are those of its text in UTF-8. */
  readonly encoding?: string | undefined;
}

/** A turn whose edits were recorded. */
export interface CheckpointTurn {
  readonly turn: string;
  /** Milliseconds since the epoch: when its first edit was recorded. */
  readonly at: number;
  readonly paths: readonly string[];
  /** Whether all that {@link Checkpoints.restorePlan} needs to go back to before this turn is still kept. */
  readonly canRestore: boolean;
}

/** What to do with one file to bring it back. */
export type Restore = { readonly path: string } & (
  | { readonly action: 'write'; readonly bytes: Uint8Array; readonly encoding?: string }
  | { readonly action: 'delete' }
  /** It is already what it was. */
  | { readonly action: 'none' }
  /** The user changed it since, and would lose that. `wanted` is what it was; undefined where there was no such file. */
  | { readonly action: 'conflict'; readonly wanted: Uint8Array | undefined }
  /** What it was is no longer kept. */
  | { readonly action: 'lost' }
);

/**
 * Keeps what files were before a chat's edits, independent of version control. Nothing in it throws for damaged data: what is
 * damaged counts as not kept.
 */
export interface Checkpoints {
  /**
   * Records what an edit is about to change; it is safe on disk when this resolves, so that the edit can be applied. A turn may
   * be recorded more than once. False where the files are larger than all that may be kept, so that the turn cannot be restored.
   * @throws StoreFailure, RangeError for a path that leads out of the folder.
   */
  record(chat: string, turn: string, files: readonly FileChange[]): Promise<boolean>;
  /** A chat's turns with edits, in their order. */
  turns(chat: string): Promise<CheckpointTurn[]>;
  /**
   * What to do to bring every file that the chat touched at a turn or later back to what it was before that turn, sorted by path;
   * nothing is done yet. Empty for a turn without edits. `readNow` gives what stands in a file, undefined where it is not
   * there; its rejection is passed on.
   */
  restorePlan(
    chat: string,
    turn: string,
    readNow: (path: string) => Promise<Uint8Array | undefined>,
  ): Promise<Restore[]>;
  /** A chat was copied: what the first can bring back, the other one can. @throws StoreFailure */
  copy(chat: string, to: string): Promise<void>;
  /** Forgets a chat. @throws StoreFailure */
  remove(chat: string): Promise<void>;
}
