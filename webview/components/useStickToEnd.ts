import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Pixels from the end that still count as being there: zoomed displays round. */
const tolerance = 24;

/** Where a scrolled element stands with respect to its end. */
export interface StickToEnd {
  readonly atEnd: boolean;
  scrollToEnd(): void;
  /** Goes to the end if the element is kept there: its content has grown. The same function each time. */
  follow(): void;
}

/**
 * Keeps an element at its end while the user is there, and leaves it alone once they scrolled up.
 * @param content when it changes, the element follows its end
 */
export function useStickToEnd(ref: RefObject<HTMLElement | null>, content: unknown): StickToEnd {
  const [atEnd, setAtEnd] = useState(true);
  const sticks = useRef(true);
  const lastTop = useRef(0);

  function scrollToEnd(): void {
    const element = ref.current;
    if (!element) return;
    sticks.current = true;
    setAtEnd(true);
    element.scrollTop = element.scrollHeight;
    lastTop.current = element.scrollTop;
  }

  const follow = useCallback(() => {
    if (sticks.current) scrollToEnd();
  }, []);
  useLayoutEffect(follow, [content]);

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const isAtEnd = () => element.scrollHeight - element.scrollTop - element.clientHeight <= tolerance;
    // Text that arrived between a scroll and its event has moved the end away; only going up means leaving it.
    const scrolled = () => {
      if (isAtEnd()) sticks.current = true;
      else if (element.scrollTop < lastTop.current) sticks.current = false;
      lastTop.current = element.scrollTop;
      setAtEnd(sticks.current);
    };
    // Unfolding something is reading it: its beginning stays where it is.
    const toggled = () => {
      sticks.current = isAtEnd();
      setAtEnd(sticks.current);
    };
    const resized = new ResizeObserver(follow);
    element.addEventListener('scroll', scrolled, { passive: true });
    element.addEventListener('toggle', toggled, { capture: true });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', scrolled);
      element.removeEventListener('toggle', toggled, { capture: true });
      resized.disconnect();
    };
  }, []);

  return { atEnd, scrollToEnd, follow };
}
