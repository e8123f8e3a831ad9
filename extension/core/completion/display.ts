import * as l10n from '@vscode/l10n';
import { firstStrayCloser, openersOf } from './brackets.ts';
import { fitToClosers } from './fit.ts';
import type { Forecast } from './forecast.ts';
import type { Suggestion } from './inlineRequest.ts';
import { addedBehind, closersAfter, lineBefore, type Place } from './place.ts';

/** Line breaks that a suggestion has, at least, before it ends where an answer does and not where the next one may end. */
const enoughLines = 2;

/**
 * Where in a forecast's text a suggestion ends that begins at `at`: with a scope, or with an answer. What an answer was
 * continued with comes into view when the first was accepted or typed: a suggestion is no longer for having been prepared.
 * @param wasAccepted the suggestion before it ended here, so that the scope which ended with it is behind the user.
 */
export function viewEnd({ text, stops, seams }: Forecast, at: number, wasAccepted: boolean): number {
  const stop = stops.find((each) => (wasAccepted ? each > at : each >= at)) ?? text.length;
  const seam = seams.find((each) => text.slice(at, each).trim().split('\n').length > enoughLines) ?? text.length;
  return Math.min(stop, seam);
}

/**
 * What of a forecast is shown at a place: its sure lines up to where the view ends, or one; fitted to the closers behind the
 * cursor. Undefined where there is nothing yet; `why` where there is something that cannot be shown.
 */
export function display(
  forecast: Forecast,
  place: Place,
  mode: 'nothing' | 'line' | 'block',
  wasAccepted = false,
): Suggestion | { readonly why: string } | undefined {
  const rest = forecast.rest(place);
  if (!rest || mode === 'nothing') return undefined;
  const closers = closersAfter(place.suffix);
  const added = addedBehind(forecast.origin.suffix, place.suffix) ?? '';
  const at = forecast.text.length - rest.text.length;
  const end = viewEnd(forecast, at, wasAccepted);
  let text = rest.text.slice(0, end - at);
  if (mode === 'line') text = text.split('\n')[0] ?? '';
  // Closers that the editor has put on further lines are there already.
  if (added.trim() !== closers.trim()) {
    const stray = firstStrayCloser(text, openersOf(closers.trim()), place.languageId);
    if (stray !== undefined) text = text.slice(0, stray);
  }
  text = text.trimEnd();
  if (text.trim() === '') {
    const isOver = forecast.state !== 'running' && rest.text === '' && forecast.end !== undefined;
    return isOver || (end === at && rest.text !== '')
      ? { why: whyCut(rest.text === '' ? forecast.end : undefined) }
      : undefined;
  }
  const fitted = fitToClosers(text, closers, place.languageId);
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
