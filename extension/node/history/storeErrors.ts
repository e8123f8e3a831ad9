import { StoreFailure, type StoreFailureKind } from '../../core/conversation/history/storeFailure.ts';

const kinds: Readonly<Record<string, StoreFailureKind>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  ENOENT: 'gone',
};

/** The code of a system error; empty for any other. */
export const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? '');

/** Names what kept a store from its work. */
export function asStoreFailure(error: unknown): StoreFailure {
  if (error instanceof StoreFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StoreFailure(kinds[codeOf(error)] ?? 'broken', message, { cause: error });
}

/** Does some work, and names what it fails of. @throws StoreFailure */
export async function stored<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asStoreFailure(error);
  }
}
