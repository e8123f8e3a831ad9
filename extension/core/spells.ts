/** Milliseconds of unbroken work; less than a frame, so that typing stays smooth and a cancellation is heard. */
const longestSpell = 8;

/** Lets the event loop turn once; a timer would rest for a millisecond each time. */
const turn: (then: () => void) => void =
  'setImmediate' in globalThis ? (then) => void globalThis.setImmediate(then) : (then) => void setTimeout(then);

/**
 * Divides long work into spells: await the returned function often, and every few milliseconds it lets the event loop
 * turn. It throws the signal's reason once that is aborted.
 */
export function inSpells(signal?: AbortSignal): () => Promise<void> | undefined {
  let rested = performance.now();
  return () => {
    if (performance.now() - rested < longestSpell) return undefined;
    return new Promise<void>((resolve) => turn(resolve)).then(() => {
      signal?.throwIfAborted();
      rested = performance.now();
    });
  };
}
