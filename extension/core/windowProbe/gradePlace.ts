import type { Expected } from './question.ts';

/** Something with the looks of a path; what is not one of the prompt's is told apart later. */
const pathLike = /(?:[\w.@+~-]+[\\/])*[\w.@+~-]*\w\.[A-Za-z]\w*(?:[\\/][\w.@+~-]+)*/g;

/** The line that an answer names behind a path: `:12`, `:12-14`, `, line 12`, `第 12 行`, `#L12`. */
const lineBehind =
  /^["'`*]*\s*(?::\s*|#L|\(?,?\s*(?:at\s+|on\s+)?lines?\s*|[,，(（]?\s*(?:在|的)?\s*第?\s*)(\d+)(?!\.?\d)(?:\s*行)?/i;

const plain = (path: string): string => path.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');

/** The paths that a text can mean: the one itself, or those that end with it. */
function meant(text: string, paths: readonly string[]): readonly string[] {
  const path = plain(text);
  return paths.includes(path) ? [path] : paths.filter((each) => each.endsWith(`/${path}`));
}

/**
 * Whether an answer names a place, and no other: the path whole, or as much of its end as only one path of the prompt has;
 * the line, where it names one, near enough.
 */
export function gradePlace(
  answer: string,
  { path, line, tolerance }: Extract<Expected, { type: 'place' }>,
  paths: readonly string[],
): boolean {
  let isNamed = false;
  for (const found of answer.matchAll(pathLike)) {
    const all = meant(found[0], paths);
    // A dot or a slash may stand in anything, but a path with a folder that the prompt has not is a wrong answer.
    if (all.length === 0 && !/[\\/]/.test(found[0])) continue;
    if (all.length !== 1 || all[0] !== path) return false;
    isNamed = true;
    const told = lineBehind.exec(answer.slice(found.index + found[0].length))?.[1];
    if (told !== undefined && Math.abs(Number(told) - line) > tolerance) return false;
  }
  return isNamed;
}
