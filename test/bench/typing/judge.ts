import type { OracleRequest } from './oracle.ts';
import type { Sample } from './profiler.ts';
import type { Stroke } from './typist.ts';
import type { Sights } from './watch.ts';

/** What a typist felt. Times are milliseconds, shares between 0 and 1. */
export interface Verdict {
  readonly keystrokes: number;
  readonly characters: number;
  /** Share of the characters whose right text was on the screen as their keys went down. */
  readonly rightShare: number;
  /** From a line break to the right text of the new line. */
  readonly newlineMedian: number;
  readonly newlineP95: number;
  readonly requestsPer100Keys: number;
  /** Requests that ran on after what was typed had made them useless. */
  readonly uselessRequests: number;
  readonly ghosts: number;
  /** Share of the ghosts that showed anything but what was typed next. */
  readonly wrongShare: number;
  /** Ghosts that went beyond the gap, or that had been right for an earlier place only. */
  readonly beyondGap: number;
  readonly outdated: number;
  /** Ghosts that closed brackets which were not theirs. */
  readonly unbalanced: number;
  /** Time in the extension's own code from one key to the next, on the extension host's main thread. */
  readonly ownMedian?: number;
  readonly ownP95?: number;
}

/** Milliseconds that a ghost must stand to be seen, and a request may go on before it counts as left running. */
const seen = 50;
const grace = 100;

/** A text without white space, which editors put where they like. */
export const strip = (text: string): string => text.replace(/\s+/g, '');

/** The value below which a share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(2));
}

interface Moment extends Stroke {
  readonly pressedAt: number;
  readonly drawnAt: number;
  readonly ghost: string;
}

/** What is still to be typed after a stroke. */
const remaining = ({ stretch, at }: Stroke): string => stretch.text.slice(at, stretch.end);

/** Puts what was pressed and what was seen side by side. */
function moments(strokes: readonly Stroke[], { keys }: Sights): Moment[] {
  const pressed = keys.filter(({ key }) => key.length === 1 || key === 'Enter' || key === 'Backspace');
  if (pressed.length !== strokes.length) throw new Error(`${strokes.length} keys typed, ${pressed.length} arrived`);
  return strokes.map((stroke, index) => {
    const { at = 0, ghost = '', drawnAt = 0 } = pressed[index] ?? {};
    return { ...stroke, pressedAt: at, drawnAt, ghost };
  });
}

function isRight(moment: Moment): boolean {
  const { stretch, at, key, ghost } = moment;
  const line = stretch.text.slice(at - key.length, stretch.end).split('\n')[0] ?? '';
  const [shown = ''] = ghost.split('\n');
  return shown !== '' && (line.startsWith(shown) || shown.startsWith(line));
}

/** Milliseconds from each line break to the right text of a line that is not blank. */
function newlines(all: readonly Moment[], { ghosts }: Sights): number[] {
  return all.flatMap((moment, index) => {
    const next = all[index + 1];
    if (moment.key !== 'Enter' || !next || next.key === 'Enter') return [];
    const rest = strip(remaining(moment));
    const lineEnd = all.slice(index + 1).find(({ key }) => key === 'Enter')?.pressedAt ?? Number.POSITIVE_INFINITY;
    const right = ghosts.find(
      ({ at, text }) => at >= moment.pressedAt && at < lineEnd && text !== '' && rest.startsWith(strip(text)),
    );
    return [right ? right.at - moment.pressedAt : 10_000];
  });
}

interface Shown {
  readonly isWrong: boolean;
  readonly isBeyond: boolean;
  readonly isOutdated: boolean;
  readonly isUnbalanced: boolean;
  readonly text: string;
}

/** Whether a text closes more brackets of a kind than are open between here and the end of the gap. */
function closesTooMuch({ stretch, at }: Stroke, text: string): boolean {
  return ['()', '[]', '{}'].some(([open = '', close = '']) => {
    const change = (character: string) => (character === open ? 1 : character === close ? -1 : 0);
    const needed = [...stretch.text.slice(at, stretch.end)].reduce((sum, each) => sum + change(each), 0);
    let sum = 0;
    return [...text].some((character) => {
      sum += change(character);
      return sum < Math.min(0, needed);
    });
  });
}

/** Judges every ghost for as long as nothing was typed. */
function judgeGhosts(all: readonly Moment[], { ghosts }: Sights, endedAt: number): Shown[] {
  const shown: Shown[] = [];
  for (const [index, { at, text }] of ghosts.entries()) {
    if (text === '') continue;
    const until = ghosts[index + 1]?.at ?? endedAt;
    const during = all.findLastIndex(({ drawnAt }) => drawnAt <= at);
    const spans = [...all.keys()].filter((i) => i >= during && (all[i]?.drawnAt ?? 0) < until);
    let isWrong = false;
    let isBeyond = false;
    let isOutdated = false;
    let isUnbalanced = false;
    for (const span of spans) {
      const moment = all[span];
      const from = Math.max(at, moment?.drawnAt ?? 0);
      const to = Math.min(until, all[span + 1]?.drawnAt ?? endedAt);
      if (!moment || to - from < seen) continue;
      const rest = strip(remaining(moment));
      const ghost = strip(text);
      isUnbalanced ||= closesTooMuch(moment, text);
      if (moment.slipped === '' && rest.startsWith(ghost)) continue;
      isWrong = true;
      isBeyond ||= moment.slipped === '' && ghost.startsWith(rest);
      isOutdated ||= all.slice(0, span).some((earlier) => strip(remaining(earlier)).startsWith(ghost));
    }
    shown.push({ isWrong, isBeyond, isOutdated, isUnbalanced, text });
  }
  return shown;
}

/** Characters by which a place is known again. */
const telling = 40;

/** Whether a request still has to do with what has been typed. */
function isUseful({ prefix, foretold }: OracleRequest, { stretch, at, slipped }: Moment): boolean {
  const before = strip(stretch.text.slice(0, at) + slipped);
  // Nobody knows yet what it will say: it is useful while what it was asked for still stands there.
  if (foretold === undefined) return before.slice(-2 * telling).includes(strip(prefix).slice(-telling));
  return strip(prefix + foretold).includes(before.slice(-telling));
}

function useless(all: readonly Moment[], requests: readonly OracleRequest[]): number {
  return requests.filter((request) => {
    const { at, endedAt = Number.POSITIVE_INFINITY } = request;
    const during = all.filter(({ pressedAt }) => pressedAt > at && pressedAt < endedAt - grace);
    return during.some((moment) => !isUseful(request, moment));
  }).length;
}

/** Milliseconds of own time from each key to the next. */
function ownTimes(keysAt: readonly number[], samples: readonly Sample[]): number[] {
  const times = keysAt.map(() => 0);
  let index = -1;
  for (const { at, milliseconds } of samples) {
    while (index + 1 < keysAt.length && (keysAt[index + 1] ?? 0) <= at) index++;
    if (index >= 0) times[index] = (times[index] ?? 0) + milliseconds;
  }
  return times;
}

/** Judges a session. */
export function judge(
  strokes: readonly Stroke[],
  sights: Sights,
  requests: readonly OracleRequest[],
  samples?: readonly Sample[],
): Verdict {
  const all = moments(strokes, sights);
  const characters = all.filter(({ isText }) => isText);
  const ghosts = judgeGhosts(all, sights, Date.now());
  const lines = newlines(all, sights);
  const own =
    samples &&
    ownTimes(
      all.map(({ pressedAt }) => pressedAt),
      samples,
    );
  return {
    keystrokes: all.length,
    characters: characters.length,
    rightShare: share(characters.filter(isRight).length, characters.length),
    newlineMedian: quantile(lines, 0.5),
    newlineP95: quantile(lines, 0.95),
    requestsPer100Keys: Number(((100 * requests.length) / all.length).toFixed(1)),
    uselessRequests: useless(all, requests),
    ghosts: ghosts.length,
    wrongShare: share(ghosts.filter(({ isWrong }) => isWrong).length, ghosts.length),
    beyondGap: ghosts.filter(({ isBeyond }) => isBeyond).length,
    outdated: ghosts.filter(({ isOutdated }) => isOutdated).length,
    unbalanced: ghosts.filter(({ isUnbalanced }) => isUnbalanced).length,
    ...(own ? { ownMedian: quantile(own, 0.5), ownP95: quantile(own, 0.95) } : {}),
  };
}

const share = (part: number, whole: number): number => Number((whole === 0 ? 0 : part / whole).toFixed(4));
