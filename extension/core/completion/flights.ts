import type { Backend, CompletionRequest } from '../backend/backend.ts';
import { pause } from '../backend/pause.ts';
import type { Settings } from '../settings.ts';
import type { CoolDown } from './coolDown.ts';
import { fly, type Landing } from './flight.ts';
import type { Forecast } from './forecast.ts';
import type { Gaps } from './gaps.ts';
import type { InlineContext, InlineEvent, InlineRequest } from './inlineRequest.ts';

/** A request under way. */
export interface Flight {
  readonly request: InlineRequest;
  readonly forecast: Forecast;
  readonly controller: AbortController;
  /** It waits for the user to pause, and has asked nothing yet. */
  isResting: boolean;
}

/** What flights need. */
export interface FlightPorts {
  readonly backend: () => Promise<Backend>;
  readonly settings: () => Settings['inline'];
  readonly gaps: Gaps;
  readonly coolDown: CoolDown;
  readonly lifetime: AbortSignal;
  /** Told how long a prompt took to be read. */
  readonly landed: (backend: Backend, landing: Landing) => void;
  readonly tell: (event: InlineEvent) => void;
}

/** The requests of one completer: never more than one is under way. */
export interface Flights {
  readonly current: Flight | undefined;
  /** The kind of backend that answered last, and the milliseconds that it takes to begin; undefined where not known. */
  readonly kind: Backend['kind'];
  readonly latency: number | undefined;
  /**
   * Asks for a forecast, or for its continuation, in place of what is under way; after so many milliseconds. False where
   * that was given up.
   */
  start(request: InlineRequest, forecast: Forecast, mode: 'line' | 'block', rest: number): Promise<boolean>;
  /** Reads what a prompt will be made of, without asking for anything where that costs money. */
  warm(request: InlineRequest, forecast: Forecast, mode: 'line' | 'block', began: () => void): Promise<void>;
  /** Ends what is under way; its socket is closed. */
  end(): void;
  /** Why a forecast failed. */
  failureOf(forecast: Forecast): unknown;
  clear(): void;
}

function contextOf({ head, pack }: Pick<CompletionRequest, 'head' | 'pack'>): InlineContext {
  if (head !== undefined) return 'conversation';
  return pack ? { tokens: pack.tokens, budget: pack.budget } : 'none';
}

/** Creates the flights of a completer. */
export function createFlights(ports: FlightPorts): Flights {
  const { gaps, coolDown, lifetime } = ports;
  const failures = new WeakMap<Forecast, unknown>();
  let current: Flight | undefined;
  let kind: Backend['kind'] = 'local';
  let latency: number | undefined;

  function end(): void {
    const ended = current;
    current = undefined;
    ended?.controller.abort(new Error('superseded'));
    ended?.forecast.finish('stopped');
  }

  function take(request: InlineRequest, forecast: Forecast, isResting: boolean): Flight {
    end();
    current = { request, forecast, controller: new AbortController(), isResting };
    return current;
  }

  async function run(mine: Flight, wanted: 'line' | 'block', rest: number): Promise<boolean> {
    const { request, forecast } = mine;
    const signal = AbortSignal.any([mine.controller.signal, lifetime]);
    try {
      if (rest > 0) await pause(rest, signal);
      mine.isResting = false;
      coolDown.check();
      const [backend, where] = await Promise.all([ports.backend(), gaps.surroundings(request)]);
      const gap = await gaps.prepare(request, ports.settings(), backend, signal);
      const mode = where === 'code' ? wanted : 'line';
      const landing = await fly(backend, { ...gap, mode }, forecast, signal);
      coolDown.succeeded();
      kind = backend.kind;
      latency = latency === undefined ? landing.milliseconds : 0.7 * latency + 0.3 * landing.milliseconds;
      ports.landed(backend, landing);
      ports.tell({ type: 'answered', ...landing, context: contextOf(gap) });
      return true;
    } catch (error) {
      forecast.finish('stopped');
      if (signal.aborted) return false;
      failures.set(forecast, error);
      coolDown.failed(error);
      return true;
    } finally {
      if (current === mine) current = undefined;
    }
  }

  return {
    get current() {
      return current;
    },
    get kind() {
      return kind;
    },
    get latency() {
      return latency;
    },
    start: (request, forecast, mode, rest) => run(take(request, forecast, true), mode, rest),
    async warm(request, forecast, mode, began) {
      const mine = take(request, forecast, false);
      try {
        const backend = await ports.backend();
        kind = backend.kind;
        const signal = AbortSignal.any([mine.controller.signal, lifetime]);
        // Asking ahead costs a local server nothing that anybody waits for, and a hosted one money.
        if (backend.kind !== 'local') await gaps.prepare(request, ports.settings(), backend, signal);
        else if (current === mine) {
          began();
          await run(mine, mode, 0);
        }
      } catch {
        // What fails here fails again, and is told, when it is asked for.
      } finally {
        if (current === mine) current = undefined;
      }
    },
    end,
    failureOf: (forecast) => failures.get(forecast),
    clear() {
      end();
      latency = undefined;
    },
  };
}
