/**
 * What we ask models to write, as host and page both read it: places as `path:line` or `path:first-last` (some write
 * `path#L4-L7`, or a colon of full width), and edits:
 * SEARCH/REPLACE blocks and whole files with the path on the line above, deletions and renamings on one line.
 */

/**
 * A place in a text, as path, first line and last line; what is no path (`12:30`, `http://host:80`) matches too. What may
 * be the end of a path in another script than ours (`按钮.ts:2`) does not.
 */
export const reference =
  /(?<![\w/:.@+-])(?<!\p{L}(?=[./_@+-]\w))([\w@.+/-]+)(?:[:：]L?|#L)(\d{1,9})(?:[-–—]L?(\d{1,9}))?(?![\w:/])/gu;

/** A place that is all of a span of code, where its path may hold spaces, brackets, backslashes and letters of any script. */
export const wholeReference =
  /^\s*((?:[A-Za-z]:[\\/])?[^:：<>|?*"`\n]*[^:：<>|?*"`\s])(?:[:：]L?|#L)(\d{1,9})(?:[-–—]L?(\d{1,9}))?\s*$/;

/** Characters of a place in a span of code, at the most. */
const longestPlace = 400;

/** The places in a text, with where they begin; `isCode` for all that a span of code holds. */
export function referencesIn(text: string, isCode: boolean): { index: number; text: string; place: PlaceText }[] {
  const whole = isCode && text.length <= longestPlace ? wholeReference.exec(text) : null;
  const found = whole ? [whole] : [...text.matchAll(reference)];
  return found.map((match) => {
    const [all, path = '', first, last] = match;
    return {
      index: match.index,
      text: all,
      place: { path, startLine: Number(first), endLine: Number(last ?? first) },
    };
  });
}

/** A place as it is written. */
interface PlaceText {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** The line that begins a block, with the path that some models put on it; models miscount the signs and indent them. */
export const searchMark = /^[ \t]*<{5,9} ?SEARCH(?:[ \t:]+(?<path>\S.*?))?\s*$/;
/** The line that divides a block. */
export const divider = /^[ \t]*={5,9}\s*$/;
/** The line that ends a block. */
export const replaceMark = /^[ \t]*>{5,9} ?REPLACE\s*$/;
/** The line before the whole text of a file. */
export const fileMark = /^[ \t]*<{5,9} ?FILE(?:[ \t:]+(?<path>\S.*?))?\s*$/;
/** The line after the whole text of a file. */
export const fileEndMark = /^[ \t]*>{5,9} ?FILE\s*$/;
/** A deletion. It is closed on its line: of a line that was cut off, the path may be that of another file. */
export const deleteMark = /^[ \t]*<{5,9} ?DELETE\b(?<path>[^<>]*)>{5,9}\s*$/;
/** A renaming, closed on its line like a deletion. */
export const renameMark = /^[ \t]*<{5,9} ?RENAME\b(?<path>[^<>]*?)(?:->|=>|→)(?<to>[^<>]*)>{5,9}\s*$/;

/** What may stand before a path: marks of lists, comments and headings, and a label. */
const listMark = /^(?:[-*+]|\/\/|\d+[.)])\s+/;
const headingMark = /^#+\s*/;
const pathLabel = /^(?:PATH|File(?: ?name| path)?|文件|路径)\s*[:：]/i;
const newFileNote = /\s*[(（](?:new|new file|新文件|新建)[)）]$/i;
const lineRange = /:\d+(?:[-–]\d+)?$/;

/** Names of files that have no extension, as people write them at the top of a repository. */
const bareName = /^(?:[A-Za-z]*file|LICEN[SC]E|README|CHANGELOG|NOTICE|AUTHORS|CODEOWNERS|COPYING|VERSION|BUILD)$/;

/** Whether a text without marks around it is a path and no word of a sentence or of code. */
function looksLikePath(text: string): boolean {
  if (/[<>|?*"`;=]|:\/\/|^\/\/|\(\)/.test(text) || !/[\p{L}\p{N}]/u.test(text)) return false;
  if (/^[A-Za-z]:[\\/]/.test(text)) return true;
  if (text.includes(':')) return false;
  if (/\s/.test(text)) return /^[^\s.]*[\\/].*\.\w+$/.test(text);
  return /[\\/]/.test(text) || /\.[A-Za-z]\w*$/.test(text) || bareName.test(text);
}

/** The path that a line holds: bare, in backticks, bold, after a list or heading mark or a label; else undefined. */
export function pathOnLine(line: string): string | undefined {
  if (/^\s*(?:```|~~~)/.test(line)) return undefined;
  const item = line.trim().replace(listMark, '').replace(headingMark, '').replace(newFileNote, '');
  const unlabelled = item.replace(/^\*+/, '').replace(pathLabel, '');
  const labelled = unlabelled !== item.replace(/^\*+/, '');
  const text = unlabelled.replace(/^[*\s]+|[*\s:：]+$/g, '');
  const quoted = /^`[^`]+`$/.test(text);
  const bare = text.replaceAll('`', '').trim().replace(lineRange, '');
  if (bare === '') return labelled && item.startsWith('PATH') ? '' : undefined;
  if (quoted || labelled)
    return /^[^<>|?*"]+$/.test(bare) && (labelled || !/\s/.test(bare) || looksLikeFile(bare)) ? bare : undefined;
  return looksLikePath(bare) ? bare : undefined;
}

/** Whether a text with spaces ends like the name of a file. */
const looksLikeFile = (text: string): boolean => /\.\w+$/.test(text);

/** The path in the words after a fence (` ```ts:src/a.ts`, ` ```ts title="src/a.ts"`); undefined where there is none. */
export function pathOnFence(line: string): string | undefined {
  const words = /^\s*(?:`{3,}|~{3,})(.*)$/.exec(line)?.[1]?.trim().split(/\s+/) ?? [];
  return words
    .map((word) => word.replace(/^(?:title|file|filename|path)=/, '').replace(/^["']|["']$/g, ''))
    .map((word) => word.replace(/^[A-Za-z+#]{2,}:(?!\/\/)/, '').replace(lineRange, ''))
    .find((word) => looksLikePath(word));
}

/** Endings of files that sentences name without a folder: `this.count` is no file. */
const knownEnding =
  /\.(?:[cm]?[jt]sx?|pyi?|go|rs|java|kts?|c|h|cc|cpp|hpp|cs|rb|php|swift|s?css|less|html?|vue|svelte|mdx?|rst|txt|jsonc?|ya?ml|toml|ini|xml|sh|sql)$/i;

/** The one path that a sentence names in backticks, as in "In `src/a.ts`:"; undefined where it names none or several. */
export function pathInSentence(line: string): string | undefined {
  const paths = [...line.matchAll(/`([^`]+)`/g)]
    .map(([, text = '']) => text.replace(lineRange, ''))
    .filter((text) => looksLikePath(text) && (text.includes('/') || knownEnding.test(text)));
  return paths.length === 1 ? paths[0] : undefined;
}
