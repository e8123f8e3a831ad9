/**
 * What we ask models to write, as host and page both read it: places as `path:line` or `path:first-last`, and
 * SEARCH/REPLACE blocks with the path on the line above.
 */

/** A place in a text, as path, first line and last line; what is no path (`12:30`, `http://host:80`) matches too. */
export const reference = /(?<![\w/:.@+-])([\w@.+/-]+):(\d+)(?:[-–](\d+))?(?![\w:/])/g;

/** The line that begins a block, the one that divides it, and the one that ends it; models miscount the signs. */
export const searchMark = /^<{5,9} ?SEARCH\s*$/;
export const divider = /^={5,9}\s*$/;
export const replaceMark = /^>{5,9} ?REPLACE\s*$/;

/** The path that a line holds: bare, in backticks, bold, or after a heading mark; undefined for anything else. */
export function pathOnLine(line: string): string | undefined {
  if (/^\s*(?:```|~~~)/.test(line)) return undefined;
  const bare = line
    .trim()
    .replace(/^(?:#+\s*)?(?:PATH:)?\s*/i, '')
    .replace(/^[*`]+|[*`:]+$/g, '');
  return /^[^\s<>|?*"]+$/.test(bare) || /^[^<>|?*"]+\.\w+$/.test(bare) ? bare : undefined;
}
