import { type Claim, lastPart } from './claims.ts';
import { isWithin, type LineRange } from './region.ts';
import { foldName, type SourceText, type Squeezed, squeeze } from './sourceText.ts';

/** Occurrences that are looked at, at most. */
const most = 2_000;
/** Lines between two parts of a quote that leaves something out. */
const longestGap = 60;
/** Lines from a call's name to its arguments. */
const nearby = 8;

const isWordPart = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}_$]/u.test(char);

/** Where a word stands in a text, not as a part of a longer one. */
function wordOffsets(text: string, word: string): number[] {
  const offsets: number[] = [];
  const bare = /^[\p{L}\p{N}_$]/u.test(word);
  for (let at = text.indexOf(word); at >= 0 && offsets.length < most; at = text.indexOf(word, at + word.length)) {
    const isWhole =
      (!bare || !isWordPart(text[at - 1])) && (!isWordPart(word.at(-1)) || !isWordPart(text[at + word.length]));
    if (isWhole) offsets.push(at);
  }
  return offsets;
}

/** The lines at which a named thing stands; of a dotted name, its last part counts. */
export function linesNaming(source: SourceText, { text, literals = [] }: Claim): number[] {
  const wanted = lastPart(text);
  const whole = wordOffsets(source.text, text);
  const offsets =
    whole.length > 0 && text !== wanted && literals.length === 0 ? whole : wordOffsets(source.text, wanted);
  const lines = [...new Set((offsets.length > 0 || text === wanted ? offsets : whole).map(source.lineAt))];
  if (literals.length === 0) return lines;
  const within = (count: number): number[] =>
    lines.filter((line) => {
      const near = source.lines.slice(line - 1, line + count).join('\n');
      return literals.every(
        (literal) =>
          wordOffsets(near, literal).length > 0 || (/\W/.test(literal) && squeeze(near).includes(squeeze(literal))),
      );
    });
  const sameLine = within(0);
  return sameLine.length > 0 ? sameLine : within(nearby);
}

/** Whether a name stands in some lines, be it in other letters: `add_item` for `addItem`. */
export function isNamedAlike({ lines }: SourceText, claim: Claim, ranges: readonly LineRange[]): boolean {
  const folded = likeName(claim);
  if (folded === undefined) return false;
  return ranges.some(({ first, last }) => foldName(lines.slice(first - 1, last).join('\n')).includes(folded));
}

/** The same, anywhere in a file. */
export function isNamedAlikeAnywhere({ folded: text }: SourceText, claim: Claim): boolean {
  const folded = likeName(claim);
  return folded !== undefined && text.includes(folded);
}

function likeName({ text, literals = [] }: Claim): string | undefined {
  const folded = foldName(lastPart(text));
  return folded.length < 3 || literals.length > 0 ? undefined : folded;
}

/** The parts of a quote that leaves something out, squeezed; without what is too short to tell anything. */
function partsOf(text: string): string[] {
  return text
    .split(/\/\*\s*(?:\.{3}|…)\s*\*\/|(?:\/\/|#|--)\s*(?:\.{3}|…)[^\n]*|\.{3}(?![\w$[{(])|…|\[\.{3}\]/)
    .map((part) => squeeze(part).replace(/^[,;]+|[,;]+$/g, ''))
    .filter((part) => part.length >= 2);
}

/** Ranges in which a quote stands whole, its parts one after the other. */
export function rangesQuoting({ text: all, startOf, lineAt }: Squeezed, quote: string): LineRange[] {
  const [first, ...others] = partsOf(quote);
  if (first === undefined) return [];
  const found: LineRange[] = [];
  for (let at = all.indexOf(first); at >= 0 && found.length < most; at = all.indexOf(first, at + 1)) {
    let end = at + first.length;
    const limit = startOf(lineAt(end) + longestGap);
    const isWhole = others.every((part) => {
      const next = all.indexOf(part, end);
      if (next < 0 || next > Math.max(limit, end)) return false;
      end = next + part.length;
      return true;
    });
    if (isWhole) found.push({ first: lineAt(at), last: lineAt(end - 1) });
  }
  return found;
}

const tokens = /[\p{L}_$][\p{L}\p{N}_$]*|\d[\d_.]*\w*|[+\-*/%<>=!&|^~?@#]+/gu;

/**
 * Whether a quote of code stands in some lines with more between its words than it says: types, arguments, a wrapping
 * call. Words and operators must come in its order, and at least two of them.
 */
export function isQuotedLoosely(lines: readonly string[], { first, last }: LineRange, quote: string): boolean {
  const wanted = partsOfTokens(quote);
  if (wanted.length < 2 || last - first > 400) return false;
  const text = lines.slice(first - 1, last).join('\n');
  if (text.length > longestLoose) return false;
  const there = partsOfTokens(text);
  for (let from = there.indexOf(wanted[0] ?? ''); from >= 0; from = there.indexOf(wanted[0] ?? '', from + 1)) {
    let at = from;
    const isThere = wanted.every((token) => {
      const next = there.indexOf(token, at);
      if (next < 0 || next - at > 12) return false;
      at = next + 1;
      return true;
    });
    if (isThere) return true;
  }
  return false;
}

const partsOfTokens = (code: string): string[] => code.replace(/\.{3}|…/g, ' ').match(tokens) ?? [];

/** Lines of a block of code that tell something, squeezed and without line numbers in front. */
export function tellingLines(code: string): string[] {
  const lines = code.split('\n').map((line) => line.replace(/\r$/, ''));
  const filled = lines.filter((line) => line.trim() !== '');
  const isNumbered = filled.length > 1 && filled.every((line) => /^\s*\d+\s*[|:│ ]/.test(line));
  return filled
    .map((line) => squeeze(isNumbered ? line.replace(/^\s*\d+\s*[|:│]?/, '') : line))
    .filter((line) => line.length >= 3 && !/^(?:\/\/|#|--|\/\*)?(?:\.{3}|…)/.test(line) && !/^[)\]};,]+$/.test(line));
}

/** How many of some lines stand in a range, each counted once. */
export function countQuoted({ text, startOf }: Squeezed, { first, last }: LineRange, lines: readonly string[]): number {
  const part = text.slice(startOf(first), startOf(last + 1));
  return lines.filter((line) => part.includes(line)).length;
}

/** The range of a file that holds most of some lines, the nearest of several alike; undefined where none holds half. */
export function bestRange(squeezed: Squeezed, lines: readonly string[], near: number): LineRange | undefined {
  const anchors = lines.toSorted((a, b) => b.length - a.length).slice(0, 3);
  let best: { range: LineRange; count: number } | undefined;
  for (const anchor of anchors) {
    let looked = 0;
    for (let at = squeezed.text.indexOf(anchor); at >= 0 && looked < 50; at = squeezed.text.indexOf(anchor, at + 1)) {
      looked++;
      const line = squeezed.lineAt(at);
      const index = lines.indexOf(anchor);
      const range = { first: Math.max(1, line - index - 2), last: line + (lines.length - index) + 2 };
      const count = countQuoted(squeezed, range, lines);
      const isBetter =
        !best ||
        count > best.count ||
        (count === best.count && Math.abs(line - near) < Math.abs(best.range.first + index + 2 - near));
      if (isBetter) best = { range, count };
    }
  }
  if (!best || best.count * 2 < lines.length) return undefined;
  return tight(squeezed, best.range, lines);
}

/** The range without the lines around it that hold none of the lines. */
function tight({ text, startOf, lineAt }: Squeezed, range: LineRange, lines: readonly string[]): LineRange {
  const from = startOf(range.first);
  const to = startOf(range.last + 1);
  const starts = lines.map((line) => text.indexOf(line, from)).filter((at) => at >= 0 && at < to);
  const ends = lines
    .map((line) => text.lastIndexOf(line, to))
    .flatMap((at, i) => (at >= from ? [at + (lines[i]?.length ?? 1) - 1] : []));
  return { first: lineAt(Math.min(...starts)), last: lineAt(Math.min(Math.max(...ends), to - 1)) };
}

/** Words before a call that make no declaration of it. */
const calling =
  'return|await|throw|raise|yield|else|elif|new|if|while|in|and|or|not|assert|print|del|case|when|go|defer|echo|do';

const declared = (name: string): RegExp => {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const word =
    '(?:class|interface|type|struct|enum|trait|impl|object|record|def|fn|func|function|fun|sub|const|let|var|val|static|module|mod|namespace|package|macro_rules!|table|typedef|#define)';
  return new RegExp(
    `(?:^|[^\\w$])${word}\\s+(?:\\([^)]*\\)\\s*|[\\w<>*&:]+\\s+){0,2}\\*?${escaped}(?![\\w$])|^\\s*(?!(?:${calling})\\s)(?:[\\w<>[\\],.?*&:]+\\s+)+\\*?${escaped}\\s*\\([^;]*$|^\\s*(?:async\\s+|\\*\\s*|get\\s+|set\\s+)?${escaped}\\s*\\([^)]*\\)[^;]*\\{|^\\s*["']?${escaped}["']?\\s*[:=](?!=)`,
  );
};

/** Characters of a line that may be a declaration, and of lines in which a quote is looked for word by word. */
const longestLine = 1_000;
const longestLoose = 40_000;

/** Of the lines that name something, those that seem to declare it. */
export function declaring(source: SourceText, claim: Claim, lines: readonly number[]): number[] {
  const pattern = declared(lastPart(claim.text));
  return lines.filter((line) => {
    const text = source.lines[line - 1] ?? '';
    return text.length <= longestLine && pattern.test(text);
  });
}

/** The number that is nearest to another one. */
export const nearest = (lines: readonly number[], to: number): number | undefined =>
  lines.toSorted((a, b) => Math.abs(a - to) - Math.abs(b - to) || a - b)[0];

/** Whether some of the lines are in the ranges. */
export const someWithin = (ranges: readonly LineRange[], lines: readonly number[]): boolean =>
  lines.some((line) => isWithin(ranges, line));
