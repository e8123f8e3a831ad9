import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Folder, folderAt, foldersOf, isFolder, wayTo } from './folders.ts';
import { post } from './host.ts';
import { lowered, raised } from './levelSteps.ts';
import type { Row } from './rows.ts';
import { type Cell, layOut } from './treemap.ts';
import { levelName, type Numbers, reuseName } from './words.ts';

/** What is drawn. */
interface TreemapProps {
  readonly rows: readonly Row[];
  /** Tokens of the whole pack. */
  readonly total: number;
  readonly numbers: Numbers;
  /** Shows a file in the table. */
  readonly choose: (path: string) => void;
}

/** Pixels: height of the picture, and the least area that a name is written in. */
const height = 320;
const named = { width: 28, height: 14 };

/** The budget as areas: folders in folders, files by their tokens, coloured by what there is of them. */
export function Treemap({ rows, total, numbers, choose }: TreemapProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [zoom, setZoom] = useState('');
  const [active, setActive] = useState<string>();
  const [hovered, setHovered] = useState<number>();
  const isMoving = useRef(false);
  const [, redraw] = useState(0);
  const tree = useMemo(() => foldersOf(rows), [rows]);
  const folder = folderAt(tree, zoom);
  const cells = useMemo(() => (width > 0 ? layOut(folder, { x: 0, y: 0, width, height }) : []), [folder, width]);

  useLayoutEffect(() => {
    const { current } = frame;
    if (!current) return;
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    setWidth(current.clientWidth);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  const at = Math.max(
    0,
    cells.findIndex(({ part }) => keyOf(part) === active),
  );
  // A cell that is drawn elsewhere loses the keyboard on its way.
  const hadFocus = frame.current?.contains(document.activeElement) === true;
  useLayoutEffect(() => {
    const isLost = hadFocus && document.hasFocus() && !frame.current?.contains(document.activeElement);
    if (!isMoving.current && !isLost) return;
    isMoving.current = false;
    frame.current?.querySelector<SVGGElement>('.cell[tabindex="0"]')?.focus();
  });

  function go(next: number): void {
    const cell = cells[next];
    if (!cell) return;
    isMoving.current = true;
    setActive(keyOf(cell.part));
    redraw((count) => count + 1);
  }
  function zoomTo(path: string): void {
    isMoving.current = true;
    setZoom(path);
    setActive(undefined);
    redraw((count) => count + 1);
  }
  function zoomOut(): void {
    const way = wayTo(tree, folder.path);
    const above = way.at(-2);
    if (above) zoomTo(above.path);
  }
  const enter = (part: Folder | Row): void => (isFolder(part) ? zoomTo(part.path) : choose(part.path));

  function onKeyDown(event: KeyboardEvent): void {
    const part = cells[at]?.part;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowRight: () => go(nearest(cells, at, 1, 0)),
      ArrowLeft: () => go(nearest(cells, at, -1, 0)),
      ArrowDown: () => go(nearest(cells, at, 0, 1)),
      ArrowUp: () => go(nearest(cells, at, 0, -1)),
      Home: () => go(0),
      End: () => go(cells.length - 1),
      Enter: () => part && enter(part),
      ' ': () => part && enter(part),
      Escape: zoomOut,
      Backspace: zoomOut,
      p: () => part && post({ type: 'steer', how: 'pin', path: part.path }),
      x: () => part && post({ type: 'steer', how: 'exclude', path: part.path }),
      '+': () => send(part, raised),
      '-': () => send(part, lowered),
    };
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  const told = cells[hovered ?? at]?.part ?? folder;
  return (
    <div class="treemap">
      <nav class="way" aria-label={l10n.t('Folder that is shown')}>
        {wayTo(tree, folder.path).map(({ path, name }) => (
          <button
            type="button"
            class="link"
            key={path}
            aria-current={path === folder.path ? 'true' : undefined}
            onClick={() => zoomTo(path)}
          >
            {path === '' ? l10n.t('Repository') : name}
          </button>
        ))}
      </nav>
      <div ref={frame} class="frame">
        {/* biome-ignore lint/a11y/useSemanticElements: a picture is no set of fields */}
        <svg
          width={width}
          height={height}
          role="group"
          aria-label={l10n.t('Files by their tokens; the arrow keys move, Enter opens, Escape goes back')}
          onMouseLeave={() => setHovered(undefined)}
        >
          <defs>
            <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="stripe" width="2" height="6" />
            </pattern>
          </defs>
          {cells.map((cell, i) => (
            <CellView
              key={keyOf(cell.part)}
              cell={cell}
              isActive={i === at}
              label={describe(cell.part, total, numbers)}
              focus={() => setActive(keyOf(cell.part))}
              hover={() => setHovered(i)}
              enter={() => enter(cell.part)}
              onKeyDown={onKeyDown}
            />
          ))}
        </svg>
      </div>
      <p class="told">{describe(told, total, numbers)}</p>
    </div>
  );
}

/** Names a part; a folder and a file may have had the same path. */
const keyOf = (part: Folder | Row): string => (isFolder(part) ? `${part.path}/` : part.path);

interface CellViewProps {
  readonly cell: Cell;
  readonly isActive: boolean;
  readonly label: string;
  readonly focus: () => void;
  readonly hover: () => void;
  readonly enter: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function CellView({ cell: { part, rect, isOpen }, isActive, label, focus, hover, enter, onKeyDown }: CellViewProps) {
  const { x, y, width, height } = rect;
  const isBox = isFolder(part);
  const kind = isBox ? `folder ${isOpen ? 'open' : (part.level ?? '')}` : `${part.level} ${part.reuse ?? ''}`;
  const name = isBox ? part.name : (part.path.split('/').at(-1) ?? '');
  const box = { x, y, width: Math.max(0, width - 1), height: Math.max(0, height - 1) };
  const isPinned = !isBox && part.decision === 'pinned';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot be drawn in a picture
    <g
      class={`cell ${kind}`}
      role="button"
      tabIndex={isActive ? 0 : -1}
      aria-label={label}
      onFocus={focus}
      onMouseEnter={hover}
      onClick={enter}
      onKeyDown={onKeyDown}
    >
      <rect class={`area ${kind}`} {...box} />
      {!isBox && part.reuse === 'new' && <rect class="hatch" fill="url(#hatch)" {...box} />}
      {width > named.width && height > named.height && (
        // A picture in the picture, since that cuts off what is too long.
        <svg {...box} aria-hidden="true">
          <text x={isPinned ? 14 : 4} y={13}>
            {name}
          </text>
          {isPinned && <circle class="pin" cx={7} cy={9} r={3} />}
        </svg>
      )}
      <rect class="ring" {...box} />
    </g>
  );
}

function send(part: Folder | Row | undefined, step: typeof raised): void {
  const message = part && !isFolder(part) && step(part);
  if (message) post(message);
}

/** A part of the pack in words. */
function describe(part: Folder | Row, total: number, numbers: Numbers): string {
  const tokens = l10n.t('{0} tokens, {1}', numbers.count(part.tokens), numbers.share(part.tokens, total));
  if (isFolder(part)) {
    const name = part.path === '' ? l10n.t('Repository') : `${part.path}/`;
    return l10n.t('{0}: {1} files, {2}', name, numbers.count(part.fileCount), tokens);
  }
  const level = part.level ? levelName(part.level) : '';
  const details = [tokens, level, ...(part.reuse ? [reuseName(part.reuse)] : []), part.reason];
  return `${part.path}: ${details.filter(Boolean).join(', ')}`;
}

/** The cell next to one in a direction: the nearest whose middle lies there, those straight ahead first. */
function nearest(cells: readonly Cell[], from: number, dx: number, dy: number): number {
  const start = cells[from]?.rect;
  if (!start) return 0;
  const middle = ({ x, y, width, height: tall }: Cell['rect']) => ({ x: x + width / 2, y: y + tall / 2 });
  const here = middle(start);
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, cell] of cells.entries()) {
    // What stands in an open folder is gone to, and the folder by its title.
    const there = cell.isOpen ? { x: cell.rect.x + cell.rect.width / 2, y: cell.rect.y + 9 } : middle(cell.rect);
    const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    if (at === from || ahead <= 1) continue;
    const distance = ahead + 2 * aside;
    if (distance < least) {
      least = distance;
      best = at;
    }
  }
  return best;
}
