import type { Rest } from './follow.ts';
import type { Forecast } from './forecast.ts';
import type { Place } from './place.ts';

/** Forecasts that are remembered: enough to go back over what was typed and deleted. */
const most = 64;

/** Characters by which an unlike prefix is told quickly. */
const probeLength = 48;

/** A forecast that holds at a place, and what is left of it. */
export interface Found {
  readonly forecast: Forecast;
  /** Undefined where it is not known yet whether it agrees. */
  readonly rest: Rest | undefined;
}

/** The forecasts of the places where the user has been lately. */
export interface Forecasts {
  /** The newest one that has something to say at a place, or may yet. */
  find(place: Place): Found | undefined;
  add(forecast: Forecast): void;
  /** Adds one that is only looked at where no other answers. */
  addOlder(forecast: Forecast): void;
  clear(): void;
}

/** Creates an empty memory. */
export function createForecasts(): Forecasts {
  let all: Forecast[] = [];

  /** Compares the end first: prefixes of one file are alike from the beginning. */
  const mayHold = ({ origin: { path, prefix } }: Forecast, place: Place): boolean =>
    path === place.path &&
    place.prefix.length >= prefix.length &&
    place.prefix.startsWith(prefix.slice(-probeLength), Math.max(0, prefix.length - probeLength));

  /** Whether it answers a place: with text, by being under way, or by having found nothing to say just there. */
  function answers(forecast: Forecast, rest: Rest | undefined, place: Place): boolean {
    if (forecast.state === 'running') return true;
    if (rest && rest.text !== '') return true;
    if (forecast.state === 'filled') return true;
    return forecast.state === 'complete' && forecast.text === '' && place.prefix === forecast.origin.prefix;
  }

  return {
    find(place) {
      for (let i = all.length - 1; i >= 0; i--) {
        const forecast = all[i];
        if (!forecast || !mayHold(forecast, place) || !forecast.agrees(place)) continue;
        const rest = forecast.rest(place);
        if (answers(forecast, rest, place)) return { forecast, rest };
      }
      return undefined;
    },
    add(forecast) {
      all = [...all.slice(1 - most), forecast];
    },
    addOlder(forecast) {
      all = [forecast, ...all.slice(1 - most)];
    },
    clear() {
      all = [];
    },
  };
}
