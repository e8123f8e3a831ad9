import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { showControls } from '../controlCharacters.ts';
import { highlight } from '../highlight/highlight.ts';
import { drawCode } from './CodeBlock.tsx';

/** Pixels between a preview and its link, and the edges of the page. */
const gap = 4;

interface PlacePreviewProps {
  readonly id: string;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly place: { readonly path: string; readonly startLine: number; readonly endLine: number };
  /** The first lines of the place. */
  readonly code: string;
  /** Why it is another place than was cited. */
  readonly note: string | undefined;
}

/** The lines at a place, above the page and beside its link. */
export function PlacePreview({ id, anchor, place, code, note }: PlacePreviewProps) {
  const { path, startLine, endLine } = place;
  const box = useRef<HTMLDivElement>(null);
  const nodes = useMemo(() => highlight(code, /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''), [code, path]);
  const lines = code.split('\n').length;
  const left = endLine - startLine + 1 - lines;

  // A popover, for nothing in the page's own layers is above all of it; placed by script, since the policy allows no style.
  useLayoutEffect(() => {
    const element = box.current;
    const link = anchor.current?.getClientRects()[0];
    if (!element || !link) return;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    const below = link.bottom + gap;
    const top = below + height + gap <= window.innerHeight ? below : Math.max(gap, link.top - gap - height);
    element.style.top = `${top}px`;
    element.style.left = `${Math.max(gap, Math.min(link.left, window.innerWidth - width - gap))}px`;
  }, []);

  return (
    <div ref={box} id={id} class="place-preview" role="tooltip" popover="manual">
      <div class="place-title">{showControls(`${path}:${startLine}${endLine > startLine ? `-${endLine}` : ''}`)}</div>
      {note !== undefined && <div class="place-note">{showControls(note)}</div>}
      <pre>
        <span class="place-lines" aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => `${startLine + index}\n`).join('')}
        </span>
        <code>
          {nodes.map(drawCode)}
          {left > 0 && '\n…'}
        </code>
      </pre>
    </div>
  );
}
