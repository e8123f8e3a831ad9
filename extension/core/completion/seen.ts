import type { Forecast } from './forecast.ts';
import type { Place } from './place.ts';

/**
 * Remembers of which answers something was shown. The function it returns tells whether that was so before for the answer
 * that a forecast has for a place; from then on, it is.
 */
export function createSeen(): (forecast: Forecast, place: Place) => boolean {
  const answers = new WeakMap<Forecast, Set<number>>();
  return (forecast, place) => {
    const at = forecast.text.length - (forecast.rest(place)?.text.length ?? 0);
    const answer = forecast.seams.filter((seam) => seam <= at).length;
    const known = answers.get(forecast) ?? new Set();
    answers.set(forecast, known);
    const wasSeen = known.has(answer);
    known.add(answer);
    return wasSeen;
  };
}
