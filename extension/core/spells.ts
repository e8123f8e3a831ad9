/** Milliseconds of unbroken work; less than a frame, so that typing stays smooth and a cancellation is heard. */
const longestSpell = 8;

/**
 * Divides long work into spells: await the returned function often, and every few milliseconds it lets the event loop
 * turn. It throws the signal's reason once that is aborted.
 */
export function inSpells(signal?: AbortSignal): () => Promise<void> | undefined {
  let rested = performance.now();
  return () => {
    if (performance.now() - rested < longestSpell) return undefined;
    return new Promise((resolve) => setTimeout(resolve)).then(() => {
      signal?.throwIfAborted();
      rested = performance.now();
    });
  };
}
