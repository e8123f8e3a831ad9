import * as l10n from '@vscode/l10n';
import { firstStrayCloser, openersOf } from './brackets.ts';
import { fitToClosers } from './fit.ts';
import type { Forecast } from './forecast.ts';
import type { Suggestion } from './inlineRequest.ts';
import { addedBehind, closersAfter, type Place } from './place.ts';

/**
 * What of a forecast is shown at a place: all of its sure lines, or one; fitted to the closers behind the cursor. Undefined
 * where there is nothing yet; `why` where there is something that cannot be shown.
 */
export function display(
  forecast: Forecast,
  place: Place,
  mode: 'nothing' | 'line' | 'block',
): Suggestion | { readonly why: string } | undefined {
  const rest = forecast.rest(place);
  if (!rest || rest.isHeldBack || mode === 'nothing') return undefined;
  const closers = closersAfter(place.suffix);
  const added = addedBehind(forecast.origin.suffix, place.suffix) ?? '';
  let { text } = rest;
  if (mode === 'line') text = text.split('\n')[0] ?? '';
  // Closers that the editor has put on further lines are there already.
  if (added.trim() !== closers.trim()) {
    const stray = firstStrayCloser(text, openersOf(closers.trim()));
    if (stray !== undefined) text = text.slice(0, stray);
  }
  text = text.trimEnd();
  if (text.trim() === '') {
    const isOver = forecast.state !== 'running' && rest.text === '' && forecast.end !== undefined;
    return isOver ? { why: whyCut(forecast.end) } : undefined;
  }
  const fitted = fitToClosers(text, closers);
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
