import type { Outline } from '../../extension/core/repository/outline.ts';

/** Says an outline in lines: kind, name, the name's line, first line-head's end-last line, and the name around it. */
export function outlineLines(outline: Outline | undefined): string[] {
  assertOrder(outline ?? []);
  return (outline ?? []).map(({ kind, name, nameLine, startLine, headEnd, endLine, parent }) => {
    const line = `${kind} ${name} ${nameLine} ${startLine}-${headEnd}-${endLine}`;
    return parent < 0 ? line : `${line} ${outline?.[parent]?.name}`;
  });
}

/** What holds of every outline: lines in order, and parents before their members. */
function assertOrder(outline: Outline): void {
  for (const [index, { name, nameLine, startLine, headEnd, endLine, parent }] of outline.entries()) {
    const inOrder = 1 <= startLine && startLine <= nameLine && nameLine <= endLine && headEnd <= endLine;
    if (!inOrder || headEnd < startLine || parent >= index) throw new Error(`the lines of ${name} are out of order`);
  }
}
