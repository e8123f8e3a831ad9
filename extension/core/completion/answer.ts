import { closedBefore, firstStrayCloser, unclosed } from './brackets.ts';
import { indentation, lineBefore } from './place.ts';

/** What of a model's answer can be shown so far. */
export interface Answer {
  readonly text: string;
  /** Where in the text a scope ends: what follows is shown once the user has gone past that. */
  readonly stops: readonly number[];
  /** Why nothing more of it will be: the model needs not go on. */
  readonly end?: 'scope' | 'suffix' | 'repetition' | 'brackets' | 'length' | 'fence';
}

/** The gap that an answer fills. */
export interface Gap {
  readonly prefix: string;
  /** Without the closers of the cursor's line. */
  readonly suffix: string;
  /** VS Code's language id. */
  readonly languageId?: string;
}

/** Lines of one answer, at the most. */
const mostLines = 12;

/** Lines that are read beyond the end of a scope, for users who go on there. */
const linesBeyond = 3;

/** Characters around the gap that are looked at for brackets, and for what the answer must not say again. */
const nearby = 12_000;

/** Characters of a line that is worth comparing: `}` stands everywhere. */
const telling = 4;

/** Characters of a line that does not stand twice by chance. */
const certain = 16;

const opener = /[{([]\s*$|\b(?:do|then|else|begin)\s*$|:\s*$/;
const closingLine = /^(?:[)\]}]|<\/|end\b)/;

/** Reads answers for one gap: what the gap says is looked at once. */
export interface AnswerReader {
  /** The part of `raw` that can be shown; whole lines only while it is not `done`. */
  read(raw: string, done: boolean): Answer;
}

/** Creates the reader of a gap's answers. Whatever it has shown stays when more arrives. */
export function createAnswerReader({ prefix, suffix, languageId }: Gap): AnswerReader {
  const line = lineBefore(prefix);
  const base = indentation(line).length;
  const following = tellingLines(suffix.slice(suffix.indexOf('\n') + 1, nearby));
  const preceding = tellingLines(prefix.slice(-nearby).slice(0, -line.length || undefined)).slice(-2);
  let available: readonly string[] | undefined;
  /** Openers before the gap that nothing after it closes. */
  const free = (): readonly string[] => {
    if (available) return available;
    const open = unclosed(prefix.slice(-nearby), languageId);
    available = open.slice(closedBefore(suffix.slice(0, nearby), languageId).length);
    return available;
  };

  function read(raw: string, done: boolean): Answer {
    const plain = withoutMarks(raw, done);
    const whole = plain.ended || done ? plain.text : plain.text.slice(0, Math.max(0, plain.text.lastIndexOf('\n')));
    const lines = withoutEcho(whole, line).split('\n');
    const kept: string[] = [];
    const stops: number[] = [];
    const length = () => kept.join('\n').trimEnd().length;
    let scope = { depth: base, isOpened: opener.test(line) };
    let beyond = 0;
    let end: Answer['end'] = plain.ended ? 'fence' : undefined;
    for (const [number, each] of lines.entries()) {
      const isLast = number === lines.length - 1 && (done || plain.ended);
      const next = lines
        .slice(number + 1)
        .find((other) => other.trim() !== '')
        ?.trim();
      const stop = verdict(kept, each, number, next, isLast);
      if (stop === 'wait') break;
      if (stop) {
        end = stop;
        break;
      }
      if (stops.length > 0 && each.trim() !== '' && ++beyond > linesBeyond) {
        end = 'scope';
        break;
      }
      const turn = number === 0 ? undefined : turnAt(kept, each, scope);
      if (turn === 'before') stops.push(length());
      kept.push(each);
      if (turn === 'after') stops.push(length());
      if (turn && each.trim() !== '') scope = { depth: indentation(each).length, isOpened: false };
    }
    return balanced(trimmedEnd(kept), stops, end);
  }

  /** What a line does to an answer: undefined to take it, `wait` where more must be known. */
  function verdict(
    kept: readonly string[],
    each: string,
    number: number,
    next: string | undefined,
    isLast: boolean,
  ): Answer['end'] | 'wait' {
    const text = each.trim();
    const echo = echoes((number === 0 ? line + each : each).trim(), next, isLast);
    if (echo) return echo;
    if (isRepeated(kept, each)) return 'repetition';
    const first = (line + (kept[0] ?? '')).trim();
    if (number === 1 && first.length >= telling && first === preceding[0] && text === preceding[1]) return 'repetition';
    return kept.length >= mostLines ? 'length' : undefined;
  }

  /** Whether a scope ends before a line, or after it. */
  function turnAt(
    kept: readonly string[],
    each: string,
    { depth: least, isOpened }: { depth: number; isOpened: boolean },
  ): 'before' | 'after' | undefined {
    const text = each.trim();
    if (text === '') {
      // A blank line after a block that is complete: what follows is another matter.
      const last = kept.at(-1) ?? '';
      const isComplete = kept.length > 1 && closingLine.test(last.trim()) && indentation(last).length <= least;
      return isComplete ? 'before' : undefined;
    }
    if (line.trim() === '' && kept.every((other) => other.trim() === '')) return undefined;
    const depth = indentation(each).length;
    if (isOpened ? depth > least : depth >= least) return undefined;
    if (!closingLine.test(text) || depth > least) return 'before';
    // `} else {` goes on.
    return opener.test(text) ? undefined : 'after';
  }

  /** Whether a line is what stands after the gap. Closers alone are left to the count of brackets. */
  function echoes(said: string, next: string | undefined, isLast: boolean): 'suffix' | 'wait' | undefined {
    if (said !== following[0] || !/\w/.test(said)) return undefined;
    if (isLast || said.length >= certain) return 'suffix';
    if (next === undefined) return 'wait';
    return next === following[1] ? 'suffix' : undefined;
  }

  /** Cuts at a bracket that is not the answer's to close. */
  function balanced(text: string, stops: readonly number[], end: Answer['end']): Answer {
    const at = firstStrayCloser(text, free(), languageId);
    const why = at === undefined ? end : 'brackets';
    const shown = at === undefined ? text : text.slice(0, at).trimEnd();
    const within = stops.filter((stop) => stop <= shown.length);
    if (shown.trim() === '') return { text: '', stops: [], ...(why ? { end: why } : {}) };
    return { text: shown, stops: within, ...(why ? { end: why } : {}) };
  }

  return { read };
}

const tellingLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A line that stands three times, or a group of two to four that stands twice, one after the other. */
function isRepeated(kept: readonly string[], line: string): boolean {
  const text = line.trim();
  if (text.length < telling) return false;
  const lines = [...kept.map((other) => other.trim()).filter((other) => other !== ''), text];
  if (lines.at(-2) === text && lines.at(-3) === text) return true;
  for (let size = 2; size <= 4; size++) {
    const last = lines.slice(-size);
    const before = lines.slice(-2 * size, -size);
    if (before.length === size && before.every((other, i) => other === last[i]) && new Set(last).size > 1) return true;
  }
  return false;
}

/** Without a code fence around it, and up to the first special token: chat models add them against their orders. */
function withoutMarks(raw: string, done: boolean): { text: string; ended: boolean } {
  let text = raw.replaceAll('\r\n', '\n');
  let ended = false;
  const special = text.search(/<\|[a-z_]+\|>/);
  if (special >= 0) {
    text = text.slice(0, special);
    ended = true;
  }
  const start = /^\s*```[^\n]*(\n|$)/.exec(text);
  if (!start) {
    // The first marks of a fence are not yet one.
    return /^\s*`{1,2}$/.test(text) && !done ? { text: '', ended } : { text, ended };
  }
  text = text.slice(start[0].length);
  const close = text.search(/\n?```/);
  return close >= 0 ? { text: text.slice(0, close), ended: true } : { text, ended };
}

/** Without the beginning of the cursor's line, which chat models like to say once more. */
function withoutEcho(answer: string, line: string): string {
  const said = line.trimStart();
  if (said.trim() === '') {
    // An indentation that is there already; the first line is not meant to stand deeper than the lines after it.
    const own = indentation(answer);
    const rest = answer
      .split('\n')
      .slice(1)
      .find((other) => other.trim() !== '');
    const isDouble = own !== '' && own === line && (rest === undefined || indentation(rest).length <= own.length);
    return isDouble ? answer.slice(own.length) : answer;
  }
  if (said.length < telling) return answer;
  const start = answer.trimStart();
  return start.startsWith(said) ? start.slice(said.length) : answer;
}

/** Lines joined, without white space at the end and blank lines there. */
const trimmedEnd = (lines: readonly string[]): string => lines.join('\n').trimEnd();
