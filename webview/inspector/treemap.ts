import { type Folder, isFolder } from './folders.ts';
import type { Row } from './rows.ts';
import { type Rect, squarify } from './squarify.ts';

/** A part of the picture. Folders come before what stands in them. */
export interface Cell {
  readonly part: Folder | Row;
  readonly rect: Rect;
  /** Whether what stands in a folder is drawn as well; where it is too small, the folder is one area. */
  readonly isOpen: boolean;
}

/** Pixels: the name of a folder, and the edge around what stands in it. */
const titleHeight = 18;
const edge = 2;

/** Pixels below which a folder is one area, and below which nothing is drawn. */
const leastFolder = 24;
const leastCell = 1.5;

/** Lays out what stands in a folder. */
export function layOut(folder: Folder, within: Rect): Cell[] {
  const cells: Cell[] = [];

  function place(parts: readonly (Folder | Row)[], area: Rect): void {
    const rects = squarify(
      parts.map(({ tokens }) => tokens),
      area,
    );
    for (const [at, part] of parts.entries()) {
      const rect = rects[at];
      if (!rect || rect.width < leastCell || rect.height < leastCell) continue;
      const isOpen = isFolder(part) && rect.width >= leastFolder * 2 && rect.height >= leastFolder + titleHeight;
      cells.push({ part, rect, isOpen });
      if (!isOpen) continue;
      place(part.children, {
        x: rect.x + edge,
        y: rect.y + titleHeight,
        width: rect.width - 2 * edge,
        height: rect.height - titleHeight - edge,
      });
    }
  }

  place(folder.children, within);
  return cells;
}
