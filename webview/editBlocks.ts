const begins = /^<{5,9} ?SEARCH\s*$/;
const ends = /^>{5,9} ?REPLACE\s*$/;
const fenceMark = /^\s{0,3}(`{3,}|~{3,})/;

/** Longer than a fence that an edit may hold. */
const fence = '~~~~~~~~~~';

/**
 * Puts SEARCH/REPLACE blocks that stand bare in an answer into code fences, so that Markdown does not read their
 * marks as headings and quotes. Blocks inside fences stay as they are; an unfinished block is fenced to the end.
 */
export function fenceEditBlocks(answer: string): string {
  const lines: string[] = [];
  let open = '';
  let inEdit = false;
  for (const line of answer.split('\n')) {
    const mark = fenceMark.exec(line)?.[1];
    if (inEdit) {
      lines.push(line);
      if (ends.test(line)) {
        lines.push(fence);
        inEdit = false;
      }
    } else if (open === '' && begins.test(line)) {
      lines.push(`${fence}edit`, line);
      inEdit = true;
    } else {
      if (mark && open === '') open = mark;
      else if (mark?.startsWith(open)) open = '';
      lines.push(line);
    }
  }
  return lines.join('\n');
}
