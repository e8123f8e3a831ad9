import { createContext } from 'preact';

/** How far from the view rows are drawn, in pixels: enough that a turn of the wheel meets drawn ones. */
const margin = 1200;

/** Milliseconds of each frame for drawing rows; scrolling and layout need the rest of it. */
const budget = 6;

/** A row that is drawn only near the view. */
export interface Row {
  isDrawn(): boolean;
  draw(): void;
  /** @param height what it takes up now, to be kept free */
  clear(height: number): void;
}

/** Draws and clears the rows of a scrolled list as they come near its view and leave it. */
export interface NearView {
  /** Begins to watch a row; the function that it returns ends it. */
  watch(element: Element, row: Row): () => void;
}

interface Wanted {
  /** Pixels from the view; the nearest is drawn first, and clearing comes last. */
  readonly distance: number;
  run(): void;
}

/** @param root the element that scrolls, once there is one */
export function createNearView(root: () => Element | null): NearView {
  const rows = new Map<Element, Row>();
  const wanted = new Map<Element, Wanted>();
  let observer: IntersectionObserver | undefined;
  let scheduled = false;

  function schedule(): void {
    if (scheduled || wanted.size === 0) return;
    scheduled = true;
    requestAnimationFrame(() => void work());
  }

  async function work(): Promise<void> {
    const until = performance.now() + budget;
    const inOrder = [...wanted].sort(([, one], [, other]) => one.distance - other.distance);
    for (const [element, { run }] of inOrder) {
      wanted.delete(element);
      run();
      // Preact draws in a microtask; the next row is begun when this one is there.
      await undefined;
      if (performance.now() > until) break;
    }
    scheduled = false;
    schedule();
  }

  function moved(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect: place, rootBounds } of entries) {
      const row = rows.get(target);
      if (!row || row.isDrawn() === isIntersecting) {
        wanted.delete(target);
      } else if (isIntersecting) {
        const middle = rootBounds ? (rootBounds.top + rootBounds.bottom) / 2 : 0;
        const distance = Math.max(0, place.top - middle, middle - place.bottom);
        wanted.set(target, { distance, run: () => row.draw() });
      } else {
        wanted.set(target, { distance: Number.POSITIVE_INFINITY, run: () => row.clear(place.height) });
      }
    }
    schedule();
  }

  return {
    watch(element, row) {
      observer ??= new IntersectionObserver(moved, { root: root(), rootMargin: `${margin}px 0px` });
      rows.set(element, row);
      observer.observe(element);
      return () => {
        observer?.unobserve(element);
        rows.delete(element);
        wanted.delete(element);
      };
    },
  };
}

/** What the rows of a list share. */
export interface List {
  readonly nearView: NearView;
  /** Called when a row has been drawn, before it is seen. */
  drawn(): void;
}

/** The list that a row is in. */
export const InList = createContext<List | undefined>(undefined);
