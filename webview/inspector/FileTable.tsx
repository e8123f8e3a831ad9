import * as l10n from '@vscode/l10n';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { FileRow } from './FileRow.tsx';
import { post } from './host.ts';
import { lowered, raised } from './levelSteps.ts';
import { type Column, type Filter, filtered, type Row, sorted } from './rows.ts';
import { TableFilter } from './TableFilter.tsx';
import type { Numbers } from './words.ts';

/** What the table shows. */
interface FileTableProps {
  readonly rows: readonly Row[];
  /** Tokens of the whole pack. */
  readonly total: number;
  readonly numbers: Numbers;
  /** The file to go to. */
  readonly chosen: { readonly path: string } | undefined;
}

/** Pixels of a row, as the style sheet has it, and rows drawn beyond what is in view. */
const rowHeight = 26;
const beyond = 8;

/** Every file of the repository, in the pack or not; only the rows in view are drawn. */
export function FileTable({ rows, total, numbers, chosen }: FileTableProps) {
  const [filter, setFilter] = useState<Filter>({ words: '', show: 'all' });
  const [order, setOrder] = useState<{ column: Column; isDescending: boolean }>({
    column: 'tokens',
    isDescending: true,
  });
  const [active, setActive] = useState<string>();
  const [top, setTop] = useState(0);
  const [tall, setTall] = useState(400);
  const body = useRef<HTMLDivElement>(null);
  const isMoving = useRef(false);
  const [, redraw] = useState(0);
  const shown = useMemo(() => sorted(filtered(rows, filter), order.column, order.isDescending), [rows, filter, order]);
  const found = shown.findIndex(({ path }) => path === active);
  const at = Math.max(0, found);
  const first = Math.max(0, Math.floor(top / rowHeight) - beyond);
  const last = Math.min(shown.length, Math.ceil((top + tall) / rowHeight) + beyond);

  useLayoutEffect(() => {
    const { current } = body;
    if (!current) return;
    const observer = new ResizeObserver(() => setTall(current.clientHeight));
    setTall(current.clientHeight);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);

  /** Goes to a row; it may be drawn only once the table has scrolled. */
  function go(next: number): void {
    const row = shown[Math.max(0, Math.min(shown.length - 1, next))];
    const { current } = body;
    if (!row || !current) return;
    // The head, as high as a row, stays above the rows.
    const offset = shown.indexOf(row) * rowHeight;
    if (offset < current.scrollTop) current.scrollTop = offset;
    else if (offset + 2 * rowHeight > current.scrollTop + current.clientHeight)
      current.scrollTop = offset + 2 * rowHeight - current.clientHeight;
    setTop(current.scrollTop);
    isMoving.current = true;
    setActive(row.path);
    // The keyboard goes there once it is drawn, be it the row that was active before.
    redraw((count) => count + 1);
  }
  const wanted = useRef<string | undefined>(undefined);
  useEffect(() => {
    wanted.current = chosen?.path;
    if (chosen) setFilter({ words: '', show: 'all' });
  }, [chosen]);
  useEffect(() => {
    // Once the filter lets it through.
    const next = wanted.current === undefined ? -1 : shown.findIndex(({ path }) => path === wanted.current);
    if (next < 0) return;
    wanted.current = undefined;
    go(next);
  });
  // A row that is drawn elsewhere loses the keyboard on its way.
  const hadFocus = body.current?.contains(document.activeElement) === true;
  useLayoutEffect(() => {
    const isLost = hadFocus && document.hasFocus() && !body.current?.contains(document.activeElement);
    if (!isMoving.current && !isLost) return;
    if (isLost && (at < first || at >= last)) return go(at);
    isMoving.current = false;
    body.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus({ preventScroll: true });
  });

  function onKeyDown(event: KeyboardEvent): void {
    const row = shown[at];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(tall / rowHeight) - 1);
    const isOnButton = event.target instanceof HTMLButtonElement;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      PageDown: () => go(at + page),
      PageUp: () => go(at - page),
      Home: () => go(0),
      End: () => go(shown.length - 1),
      p: () => decide(row, 'pinned'),
      x: () => decide(row, 'excluded'),
      '+': () => say(raised(row)),
      '-': () => say(lowered(row)),
      Delete: () => row.isOwn && post({ type: 'steer', how: 'reset', path: row.path }),
      // A button has its own use for it.
      ...(isOnButton ? {} : { Enter: () => post({ type: 'openFile', path: row.path }) }),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    isMoving.current = !isOnButton;
    act();
  }

  function sortBy(column: Column): void {
    // Much comes before little, and a before z.
    const begins = column === 'tokens' || column === 'level';
    setOrder({ column, isDescending: order.column === column ? !order.isDescending : begins });
    setTop(0);
    if (body.current) body.current.scrollTop = 0;
  }

  const visible = shown.slice(first, last);
  const heading = (column: Column, label: string) => (
    <th
      scope="col"
      class={column}
      aria-sort={order.column !== column ? 'none' : order.isDescending ? 'descending' : 'ascending'}
    >
      <button type="button" class="sort" onClick={() => sortBy(column)}>
        {label}
        {order.column === column && (
          <span class={`codicon codicon-chevron-${order.isDescending ? 'down' : 'up'}`} aria-hidden="true" />
        )}
      </button>
    </th>
  );

  return (
    <>
      <TableFilter filter={filter} found={numbers.count(shown.length)} change={setFilter} />
      <div class="body" ref={body} onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}>
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the arrow keys go through its rows */}
        <table role="grid" aria-label={l10n.t('Files')} aria-rowcount={shown.length + 1} onKeyDown={onKeyDown}>
          <thead>
            <tr aria-rowindex={1}>
              {heading('path', l10n.t('File'))}
              {heading('level', l10n.t('Detail'))}
              {heading('tokens', l10n.t('Tokens'))}
              <th scope="col" class="share">
                {l10n.t('Share')}
              </th>
              {heading('reason', l10n.t('Why'))}
              <th scope="col" class="actions">
                {l10n.t('Decide')}
              </th>
            </tr>
          </thead>
          <tbody>
            <Room rows={first} />
            {visible.map((row, i) => (
              <FileRow
                key={row.path}
                row={row}
                total={total}
                numbers={numbers}
                index={first + i}
                isActive={first + i === at}
                focus={setActive}
                decide={decide}
                say={say}
              />
            ))}
            <Room rows={shown.length - last} />
          </tbody>
        </table>
        {shown.length === 0 && (
          <p class="none">
            {rows.length === 0 ? l10n.t('There is no file that may be read.') : l10n.t('No file matches the filter.')}
          </p>
        )}
      </div>
    </>
  );
}

/** Stands for rows that are not drawn. */
function Room({ rows }: { readonly rows: number }) {
  return rows > 0 ? <tr style={{ height: `${rows * rowHeight}px` }} /> : null;
}

/** Pins or excludes; where that is decided already, takes it back. */
function decide(row: Row, decision: 'pinned' | 'excluded'): void {
  const isSame = row.isOwn && row.decision === decision;
  const how = isSame ? 'reset' : decision === 'pinned' ? 'pin' : 'exclude';
  post({ type: 'steer', how, path: row.path });
}

function say(message: ReturnType<typeof raised>): void {
  if (message) post(message);
}
