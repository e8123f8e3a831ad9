import type { Backend, CompletionRequest } from '../backend/backend.ts';
import { display } from './display.ts';
import { fly } from './flight.ts';
import { createForecast, type Forecast } from './forecast.ts';
import type { Suggestion } from './inlineRequest.ts';
import type { Place } from './place.ts';

/** Other answers than the likeliest, for a user who asks for them. */
export interface Alternatives {
  /** Those for a place; they are asked for once. @throws BackendError, or the signal's reason. */
  of(
    place: Place,
    gap: CompletionRequest,
    first: Suggestion,
    backend: Backend,
    signal: AbortSignal,
  ): Promise<readonly Suggestion[]>;
}

/** Further answers that are tried. */
const most = 2;

/** Creates the memory of one place; `found` is told each answer, so that it can be followed like the first. */
export function createAlternatives(found: (forecast: Forecast) => void): Alternatives {
  let last:
    | { readonly place: Place; readonly backend: Backend; readonly suggestions: readonly Suggestion[] }
    | undefined;
  const isLast = ({ path, prefix, suffix }: Place, backend: Backend): boolean =>
    last !== undefined &&
    last.backend === backend &&
    last.place.path === path &&
    last.place.prefix === prefix &&
    last.place.suffix === suffix;

  return {
    async of(place, gap, first, backend, signal) {
      if (last && isLast(place, backend)) return last.suggestions;
      const suggestions: Suggestion[] = [];
      for (let variation = 1; variation <= most; variation++) {
        const forecast = createForecast(place);
        await fly(backend, { ...gap, variation }, forecast, signal);
        const shown = display(forecast, place, gap.mode);
        if (!shown || 'why' in shown || [first, ...suggestions].some(({ text }) => text === shown.text)) continue;
        suggestions.push(shown);
        found(forecast);
      }
      last = { place, backend, suggestions };
      return suggestions;
    },
  };
}
