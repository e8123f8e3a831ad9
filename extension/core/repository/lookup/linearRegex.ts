import { isWordUnit, type Place, parseRegex, type RegexNode, RegexSyntaxError } from './regexSyntax.ts';

/** Tells whether a line matches. */
export type LineTest = (line: string) => boolean;

type Step =
  | { readonly op: 'one'; readonly test: (unit: number) => boolean }
  | { readonly op: 'at'; readonly place: Place }
  | { readonly op: 'fork'; readonly to: readonly number[] }
  | { readonly op: 'match' };

/** Steps of a program, and states that are kept of it, at the most. */
const mostSteps = 4_000;
const mostStates = 2_000;

/** Steps, and how many nodes they were written from: nothing that is repeated often enough takes long, too. */
interface Program {
  readonly steps: Step[];
  nodes: number;
}

/** Writes a node out as steps, each going on with the next unless it says otherwise. */
function emit(node: RegexNode, program: Program): void {
  const { steps } = program;
  if (steps.length > mostSteps || ++program.nodes > 10 * mostSteps) throw new RegexSyntaxError('it is too long');
  switch (node.kind) {
    case 'one':
      steps.push({ op: 'one', test: node.test });
      return;
    case 'at':
      steps.push({ op: 'at', place: node.place });
      return;
    case 'all':
      for (const part of node.parts) emit(part, program);
      return;
    case 'any': {
      const fork = steps.push({ op: 'match' }) - 1;
      const starts: number[] = [];
      const ends: number[] = [];
      for (const choice of node.choices) {
        starts.push(steps.length);
        emit(choice, program);
        ends.push(steps.push({ op: 'match' }) - 1);
      }
      steps[fork] = { op: 'fork', to: starts };
      for (const end of ends) steps[end] = { op: 'fork', to: [steps.length] };
      return;
    }
    case 'times': {
      const { part, least, most } = node;
      for (let time = 0; time < least; time++) emit(part, program);
      if (most === Number.POSITIVE_INFINITY) {
        const fork = steps.push({ op: 'match' }) - 1;
        emit(part, program);
        steps.push({ op: 'fork', to: [fork] });
        steps[fork] = { op: 'fork', to: [fork + 1, steps.length] };
        return;
      }
      const forks: number[] = [];
      for (let time = least; time < most; time++) {
        forks.push(steps.push({ op: 'match' }) - 1);
        emit(part, program);
      }
      for (const fork of forks) steps[fork] = { op: 'fork', to: [fork + 1, steps.length] };
    }
  }
}

/** What stands beside a place in a line. */
type Beside = 'none' | 'word' | 'other';
const besideOf = (unit: number): Beside => (isWordUnit(unit) ? 'word' : 'other');

function holds(place: Place, before: Beside, after: Beside): boolean {
  const isEdge = (before === 'word') !== (after === 'word');
  switch (place) {
    case 'start':
      return before === 'none';
    case 'end':
      return after === 'none';
    case 'edge':
      return isEdge;
    case 'no edge':
      return !isEdge;
  }
}

/** Steps at which a match may stand, and what was read last; what follows from each unit is worked out once. */
interface State {
  readonly at: readonly number[];
  readonly before: Beside;
  /** By unit, for ASCII. */
  readonly next: (State | 'match' | undefined)[];
}

/**
 * Compiles a regular expression into a test that takes time in proportion to the line, whatever the expression is: it follows
 * all ways at once in place of going back. Says why where it cannot.
 */
export function linearRegex(pattern: string, ignoresCase: boolean): LineTest | { readonly wrong: string } {
  const steps: Step[] = [];
  try {
    emit(parseRegex(pattern, ignoresCase), { steps, nodes: 0 });
  } catch (error) {
    if (error instanceof RegexSyntaxError) return { wrong: error.message };
    throw error;
  }
  steps.push({ op: 'match' });

  let states = new Map<string, State>();
  function stateOf(at: readonly number[], before: Beside): State {
    const key = `${before} ${at.join()}`;
    const known = states.get(key);
    if (known) return known;
    if (states.size >= mostStates) states = new Map();
    const state: State = { at, before, next: [] };
    states.set(key, state);
    return state;
  }

  /** The steps that are reached without reading; undefined where one of them is the end. */
  function reached({ at, before }: State, after: Beside): number[] | undefined {
    const seen = new Set<number>();
    const open = [...at];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      if (seen.has(step)) continue;
      seen.add(step);
      const what = steps[step];
      if (what?.op === 'match') return undefined;
      if (what?.op === 'fork') open.push(...what.to);
      else if (what?.op === 'at' && holds(what.place, before, after)) open.push(step + 1);
    }
    return [...seen];
  }

  function follow(state: State, unit: number): State | 'match' {
    const here = reached(state, besideOf(unit));
    if (!here) return 'match';
    // A match may begin anywhere.
    const next = new Set([0]);
    for (const step of here) {
      const what = steps[step];
      if (what?.op === 'one' && what.test(unit)) next.add(step + 1);
    }
    return stateOf(
      [...next].sort((a, b) => a - b),
      besideOf(unit),
    );
  }

  return (line) => {
    let state = stateOf([0], 'none');
    for (let index = 0; index < line.length; index++) {
      const unit = line.charCodeAt(index);
      let next = unit < 128 ? state.next[unit] : undefined;
      next ??= follow(state, unit);
      if (unit < 128) state.next[unit] = next;
      if (next === 'match') return true;
      state = next;
    }
    return reached(state, 'none') === undefined;
  };
}
