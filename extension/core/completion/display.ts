import * as l10n from '@vscode/l10n';
import { firstStrayCloser, openersOf } from './brackets.ts';
import { fitToClosers } from './fit.ts';
import type { Forecast } from './forecast.ts';
import type { Suggestion } from './inlineRequest.ts';
import { addedBehind, closersAfter, lineBefore, type Place } from './place.ts';

/**
 * What of a forecast is shown at a place: its sure lines up to the end of a scope, or one; fitted to the closers behind the cursor. Undefined
 * where there is nothing yet; `why` where there is something that cannot be shown.
 */
export function display(
  forecast: Forecast,
  place: Place,
  mode: 'nothing' | 'line' | 'block',
): Suggestion | { readonly why: string } | undefined {
  const rest = forecast.rest(place);
  if (!rest || mode === 'nothing') return undefined;
  const closers = closersAfter(place.suffix);
  const added = addedBehind(forecast.origin.suffix, place.suffix) ?? '';
  const at = forecast.text.length - rest.text.length;
  const stop = forecast.stops.find((each) => each >= at);
  let text = rest.text.slice(0, stop === undefined ? undefined : stop - at);
  if (mode === 'line') text = text.split('\n')[0] ?? '';
  // Closers that the editor has put on further lines are there already.
  if (added.trim() !== closers.trim()) {
    const stray = firstStrayCloser(text, openersOf(closers.trim()));
    if (stray !== undefined) text = text.slice(0, stray);
  }
  text = text.trimEnd();
  if (text.trim() === '') {
    const isOver = forecast.state !== 'running' && rest.text === '' && forecast.end !== undefined;
    return isOver || stop === at ? { why: whyCut(rest.text === '' ? forecast.end : undefined) } : undefined;
  }
  const fitted = fitToClosers(text, closers);
  if (fitted && rest.isHeldBack) {
    const indentation = forecast.text.slice(forecast.text.lastIndexOf('\n', at - 1) + 1, at);
    return { ...fitted, text: indentation + fitted.text, before: lineBefore(place.prefix).length };
  }
  return fitted ?? { why: l10n.t('The answer does not fit the brackets behind the cursor.') };
}

function whyCut(end: Forecast['end']): string {
  switch (end) {
    case 'suffix':
      return l10n.t('The answer says what stands after the cursor already.');
    case 'repetition':
      return l10n.t('The answer repeats itself.');
    case 'brackets':
      return l10n.t('The answer closes brackets that are not open.');
    default:
      return l10n.t('The suggestion is at its end.');
  }
}
