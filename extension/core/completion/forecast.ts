import { type Answer, type AnswerReader, createAnswerReader } from './answer.ts';
import { follow, type Rest } from './follow.ts';
import { addedBehind, closersAfter, type Place } from './place.ts';

/**
 * `running` while more may come, `stopped` where it was broken off, `complete` where the model or the reader ended it, and
 * `filled` where there is nothing to add: the gap is closed.
 */
export type ForecastState = 'running' | 'stopped' | 'complete' | 'filled';

/**
 * What is expected to be typed at a place: one answer of a model, and those that continue it. While the user types what it
 * says, it needs no further request.
 */
export interface Forecast {
  /** Where it began; its suffix is without the closers of the cursor's line. */
  readonly origin: Place;
  readonly state: ForecastState;
  /** What can be shown, from the origin on. */
  readonly text: string;
  /** Where in the text scopes end: what follows is not shown before the user has gone past that. */
  readonly stops: readonly number[];
  /** Where in the text answers end that others have continued. */
  readonly seams: readonly number[];
  /** Why the last answer was cut, where it was. */
  readonly end: Answer['end'];
  /** Whether it says nothing against what was typed since; while it is running, that may not be known yet. */
  agrees(place: Place): boolean;
  /** What is left of it at a place; undefined where they part. */
  rest(place: Place): Rest | undefined;
  /** Takes in more of the answer. */
  add(raw: string): void;
  /** Forgets what came of the answer under way. */
  takeBack(): void;
  /** No more comes. */
  finish(how: 'complete' | 'stopped'): void;
  /** Begins a further answer, which continues the text. */
  extend(): Place;
  /** Ends with the next change of text or state. */
  changed(): Promise<void>;
}

/** Creates the forecast of a place, to be filled by a stream. */
export function createForecast(place: Place): Forecast {
  const closers = closersAfter(place.suffix);
  const origin = { ...place, suffix: place.suffix.slice(closers.length) };
  /** What earlier answers said. */
  let settled = '';
  let settledStops: readonly number[] = [];
  let seams: readonly number[] = [];
  let reader: AnswerReader = createAnswerReader(origin);
  let raw = '';
  let shown = '';
  let stops: readonly number[] = [];
  let end: Answer['end'] | undefined;
  let state: ForecastState = 'running';
  let waiting: (() => void)[] = [];

  function tell(): void {
    const told = waiting;
    waiting = [];
    for (const each of told) each();
  }

  function take(answer: Answer): void {
    ({ text: shown, stops, end } = answer);
  }

  function typedSince({ path, prefix, suffix }: Place): string | undefined {
    if (path !== origin.path || !prefix.startsWith(origin.prefix)) return undefined;
    return addedBehind(origin.suffix, suffix) === undefined ? undefined : prefix.slice(origin.prefix.length);
  }

  return {
    origin,
    get state() {
      return state;
    },
    get text() {
      return settled + shown;
    },
    get stops() {
      return [...settledStops, ...stops.map((stop) => settled.length + stop)];
    },
    get seams() {
      return seams;
    },
    get end() {
      return end;
    },
    agrees(at) {
      const typed = typedSince(at);
      if (typed === undefined) return false;
      if (follow(settled + shown, typed)) return true;
      if (state !== 'running') return false;
      // The line that is still arriving counts too.
      const arriving = settled + (raw.length > shown.length ? raw : shown);
      return follow(arriving, typed) !== undefined || typed.startsWith(arriving);
    },
    rest(at) {
      const typed = typedSince(at);
      return typed === undefined ? undefined : follow(settled + shown, typed);
    },
    add(piece) {
      if (state !== 'running') return;
      raw += piece;
      take(reader.read(raw, false));
      if (end) state = 'complete';
      tell();
    },
    takeBack() {
      raw = '';
      shown = '';
      stops = [];
    },
    finish(how) {
      if (state === 'running') {
        if (how === 'complete') take(reader.read(raw, true));
        state = how;
      }
      const isGapClosed = end === 'suffix' || end === 'brackets' || shown === '';
      if (state === 'complete' && isGapClosed && settled + shown !== '') state = 'filled';
      tell();
    },
    extend() {
      settledStops = this.stops;
      settled += shown;
      seams = [...seams, settled.length];
      raw = '';
      shown = '';
      stops = [];
      end = undefined;
      state = 'running';
      const at = { ...origin, prefix: origin.prefix + settled };
      reader = createAnswerReader(at);
      return at;
    },
    changed: () => new Promise((resolve) => waiting.push(resolve)),
  };
}
