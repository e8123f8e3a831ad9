import type { Pack, PackRequest } from '../pack.ts';
import type { Packer } from '../ports.ts';

/** Packs made once and kept, so that inline prompts begin with the same bytes all session (DESIGN.md section 2). */
export interface FrozenPacks {
  /** The pack of this folder and budget: made for the first cursor that asks, then always the same. */
  get(request: PackRequest, signal: AbortSignal): Promise<Pack>;
  clear(): void;
}

/** Creates an empty store in front of a packer; packs are made until `lifetime` ends. */
export function createFrozenPacks(packer: Packer, lifetime: AbortSignal): FrozenPacks {
  let kept = new Map<string, Promise<Pack>>();

  /** Waits for shared work, but no longer than the signal lets. */
  function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = () => reject(signal.reason);
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, { once: true });
      promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    });
  }

  return {
    get(request, signal) {
      const key = `${request.budget} ${request.root}`;
      let pack = kept.get(key);
      if (!pack) {
        // The next keystroke abandons this request, not the pack: others wait for it.
        pack = packer.pack(request, lifetime);
        const store = kept;
        store.set(key, pack);
        pack.catch(() => store.delete(key));
      }
      return orAborted(pack, signal);
    },
    clear() {
      kept = new Map();
    },
  };
}
