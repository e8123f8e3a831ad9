import { useLayoutEffect } from 'preact/hooks';

/**
 * Gives the keyboard to something else when what has it goes away: the page would lose it.
 * @param isThere whether it is drawn now
 * @param hasKeyboard tells, before it goes away, whether it has the keyboard
 */
export function useFocusWhenGone(isThere: boolean, hasKeyboard: () => boolean, take: () => void): void {
  // While this is drawn, the page still has what was drawn before.
  const had = !isThere && hasKeyboard();
  useLayoutEffect(() => {
    if (had) take();
  }, [isThere]);
}
