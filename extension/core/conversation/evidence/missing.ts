import { reference } from '../../../protocol/answerGrammar.ts';
import type { LikelyFile } from '../../ports.ts';

/** What an answer says it lacks. */
export interface Admission {
  /** In the model's words, each thing once; empty where it does not say what. */
  readonly what: readonly string[];
}

/** What an answer lacks, and where it may be found. */
export interface MissingEvidence {
  /** In the model's words; empty where it does not say what. */
  readonly what: readonly string[];
  /** The words that files were searched for. */
  readonly terms: readonly string[];
  /** Files that the answer was not made from, the likeliest first. */
  readonly likely: readonly LikelyFile[];
}

/** An answer without the lines that say what is missing, and what they say; `missing` is undefined where nothing is. */
export interface Judged {
  readonly text: string;
  readonly missing: Admission | undefined;
}

/** Marks of Markdown that models put before and after the word. */
const marks = '[\\s>*_`#]*';
const words = ['MISSING', 'Missing', 'missing', '缺失内容', '缺少内容', '缺失', '缺少'];
/** The line that we ask for, as models vary it: bold, as a heading, as a list's item, translated. */
const marker = new RegExp(
  `^${marks}(?:(?<item>[-*+])\\s+${marks})?(?<word>${words.join('|')})${marks}[:：]${marks}(?<what>.*?)[\\s*_\`]*$`,
  'u',
);
const listItem = /^\s*(?:[-*+]|\d+[.)])\s+(.*\S)\s*$/;
const nothing = /^(?:none|nothing|n\/a|no|-|–|无|没有|暂无)[.。]?$/i;
const fence = /^\s*(?:```|~~~)/;

/** Whether a line is the mark. In small letters it must not be an item of a list: "- Missing: tests" may be an answer. */
function isMark(line: string): RegExpExecArray | undefined {
  const found = marker.exec(line) ?? undefined;
  const isLoose = found?.groups?.word !== 'MISSING';
  return found && isLoose && found.groups?.item ? undefined : found;
}

/** Whether a line that is not over yet may become the mark. */
function mayBecomeMark(line: string): boolean {
  const bare = line.replace(/^[\s>*_`#+-]+/, '');
  if (bare === '') return line !== '';
  const begins = words.some(
    (word) => word.startsWith(bare) || (bare.startsWith(word) && /^[\s*_`]{0,4}$/.test(bare.slice(word.length))),
  );
  return begins || isMark(line) !== undefined;
}

/** Whether some lines are the mark and what may follow it: further marks, blank lines, and a list of what is missing. */
const isTail = (lines: readonly string[]): boolean =>
  lines.every((line, at) => {
    if (isMark(line) || line.trim() === '') return true;
    if (at === 0) return false;
    const isGrowing = at === lines.length - 1;
    return listItem.test(line) || (isGrowing && (/^\s*(?:[-*+]|\d+[.)]?)\s*$/.test(line) || mayBecomeMark(line)));
  });

function readTail(tail: string): string[] {
  const found = new Set<string>();
  for (const line of tail.split('\n')) {
    const what = (isMark(line)?.groups?.what ?? listItem.exec(line)?.[1] ?? '').trim();
    if (what !== '' && !nothing.test(what)) found.add(what);
  }
  return [...found];
}

/** Takes the mark off the end of an answer that streams in. */
export interface MissingFilter {
  /** Takes in text, and returns what may be shown: what may become the mark is held back. */
  push(text: string): string;
  /** The stream is over: what was held back in vain, and what is missing. */
  end(): { readonly rest: string; readonly missing: Admission | undefined };
}

/** Creates a filter for one answer. */
export function createMissingFilter(): MissingFilter {
  let shown = '';
  let held = '';
  let isInFence = false;

  function release(length: number): string {
    const out = held.slice(0, length);
    // Only whole lines tell; a fence's line is never held for long.
    for (const line of (shown.slice(shown.lastIndexOf('\n') + 1) + out).split('\n').slice(0, -1))
      if (fence.test(line)) isInFence = !isInFence;
    shown += out;
    held = held.slice(length);
    return out;
  }

  /** Where in the held text the end may begin. */
  function tailAt(): number {
    const isAtLineStart = shown === '' || shown.endsWith('\n');
    let at = isAtLineStart ? 0 : held.indexOf('\n') + 1;
    if (!isAtLineStart && at === 0) return held.length;
    for (; at < held.length; ) {
      const lines = held.slice(at).split('\n');
      const first = lines[0] ?? '';
      if (lines.length === 1 ? mayBecomeMark(first) : isMark(first) !== undefined && isTail(lines)) return at;
      const next = held.indexOf('\n', at);
      if (next < 0) break;
      at = next + 1;
    }
    return held.length;
  }

  return {
    push(text) {
      held += text;
      const at = tailAt();
      return release(at);
    },
    end() {
      const isMarked = !isInFence && isMark(held.split('\n')[0] ?? '') !== undefined && isTail(held.split('\n'));
      if (!isMarked) {
        const rest = held;
        return { rest, missing: admission(shown + rest) };
      }
      const what = readTail(held);
      const says = isEmptyMark(held);
      return { rest: '', missing: what.length > 0 || says ? { what } : undefined };
    },
  };
}

/** Whether the mark stands there with nothing behind it: something is missing, but not what. */
const isEmptyMark = (tail: string): boolean =>
  tail.split('\n').every((line) => line.trim() === '' || isMark(line)?.groups?.what?.trim() === '');

/** Reads a whole answer; see {@link createMissingFilter}. */
export function judgeAnswer(answer: string): Judged {
  const filter = createMissingFilter();
  const shown = filter.push(answer);
  const { rest, missing } = filter.end();
  return { text: (shown + rest).trimEnd(), missing };
}

/** How models say it that do not keep to the form. */
const admissions: readonly RegExp[] = [
  /[^.\n]*\b(?:files?|code|repository|repo|context|excerpts?|snippets?|pack)\b[^.\n]{0,60}\b(?:do(?:es)?(?: not|n't)|did(?: not|n't))\s+(?:seem to |appear to )?(?:contain|include|show|hold|provide|have|define|mention)\b[^.\n]*/i,
  /[^.\n]*\bI (?:could not|couldn't|cannot|can't|did not|didn't|was unable to) (?:find|locate|see|determine)\b[^.\n]*/i,
  /[^.\n]*\b(?:is|are|was|were) not (?:in|part of|among|present in|included in|available in|shown in) (?:the|these|this) (?:[\w-]+ ){0,2}(?:files?|code|repository|repo|context|excerpts?)\b[^.\n]*/i,
  /[^。\n]*(?:文件|代码|仓库|内容|上下文|片段)(?:中|里)?[^。\n]{0,20}(?:没有|并?未|不)(?:包含|包括|提供|给出|找到|出现|涉及|定义|提及|看到)[^。\n]*/,
  /[^。\n]*(?:没有|未能|无法|未)(?:在[^。\n]{0,30})?(?:找到|确定|看到)[^。\n]*/,
];

/** Characters at the beginning and at the end of an answer in which it says so, if it does. */
const reach = 400;

/** What an answer admits in its own words. One that cites a place has found something. */
function admission(answer: string): Admission | undefined {
  if ([...answer.matchAll(reference)].some(([, path = '']) => /[/.]/.test(path))) return undefined;
  const ends = answer.length <= 2 * reach ? [answer] : [answer.slice(0, reach), answer.slice(-reach)];
  for (const end of ends) {
    for (const pattern of admissions) {
      const sentence = pattern.exec(end)?.[0].trim();
      if (sentence) return { what: [sentence] };
    }
  }
  return undefined;
}
