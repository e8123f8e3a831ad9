import * as l10n from '@vscode/l10n';
import { useContext, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { memo } from './memo.ts';
import { InList } from './nearView.ts';
import { Turn } from './Turn.tsx';

/** What a row is drawn with. */
interface TurnRowProps {
  readonly turn: TurnView;
  /** Drawn from the beginning: it stands at the end, where a conversation opens. */
  readonly recent: boolean;
}

/** One message in its place: the message itself near the view, else as much room as it takes up. */
export const TurnRow = memo(({ turn, recent }: TurnRowProps) => {
  const article = useRef<HTMLElement>(null);
  const [height, setHeight] = useState(() => (recent ? undefined : likelyHeight(turn)));
  const list = useContext(InList);
  const isDrawn = useRef(recent);

  useLayoutEffect(() => {
    isDrawn.current = height === undefined;
    if (isDrawn.current) list?.drawn();
  }, [height]);
  useEffect(() => {
    const element = article.current;
    if (!element) return;
    return list?.nearView.watch(element, {
      isDrawn: () => isDrawn.current,
      draw: () => setHeight(undefined),
      clear: (taken) => {
        if (!isInUse(element)) setHeight(taken);
      },
    });
  }, []);

  const { role, status } = turn;
  return (
    <article
      ref={article}
      class={`turn ${role} ${role === 'assistant' ? status : ''}`}
      aria-label={role === 'user' ? l10n.t('You') : 'GLM Coder'}
      style={{ height: height === undefined ? '' : `${height}px` }}
    >
      {height === undefined && <Turn turn={turn} />}
    </article>
  );
});

/** Whether clearing a row would lose something: what the user unfolded, selected, writes, or has the keyboard in. */
function isInUse(element: Element): boolean {
  const selection = getSelection();
  return (
    element.contains(document.activeElement) ||
    element.querySelector('details[open], textarea') !== null ||
    (selection?.type === 'Range' && selection.containsNode(element, true))
  );
}

/** The height of a message that was not drawn yet, in pixels, roughly: it makes the length of the scroll bar right. */
function likelyHeight({ role, text }: TurnView): number {
  const charactersPerLine = Math.max(20, window.innerWidth / 7);
  let lines = 0;
  for (const line of text.split('\n')) lines += line === '' ? 0.4 : Math.max(1, line.length / charactersPerLine);
  return (role === 'user' ? 58 : 42) + 19 * lines;
}
