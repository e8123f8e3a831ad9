import { addedBehind } from './place.ts';
import { suffixWindow } from './window.ts';

/**
 * The text after the cursor as prompts have it: it stays the same bytes while one types forward, whatever closers the editor
 * puts behind the cursor meanwhile. A change there would have the server read it, and all that follows it, again.
 */
export interface FrozenSuffix {
  /** @param limit characters, at the most. */
  of(path: string, suffix: string, limit: number): string;
}

/** Creates the memory of one place. */
export function createFrozenSuffix(): FrozenSuffix {
  let last:
    | { readonly path: string; readonly whole: string; readonly limit: number; readonly sent: string }
    | undefined;
  return {
    of(path, suffix, limit) {
      if (last && last.path === path && last.limit === limit && addedBehind(last.whole, suffix) !== undefined)
        return last.sent;
      const sent = suffixWindow(suffix, limit);
      last = { path, whole: suffix, limit, sent };
      return sent;
    },
  };
}
