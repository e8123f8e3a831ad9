/** Why something was not kept: no room, no right to write, open in another window, deleted by someone, anything else. */
export type StoreFailureKind = 'full' | 'denied' | 'in use' | 'gone' | 'broken';

/** Thrown by the stores of chats and checkpoints; its message is for the log. Damaged data is never a reason. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
  readonly kind: StoreFailureKind;

  constructor(kind: StoreFailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }

  /** By name, since the stores are bundled on their own and have this class once more. */
  static is(error: unknown): error is StoreFailure {
    return error instanceof Error && error.name === 'StoreFailure' && 'kind' in error;
  }
}
