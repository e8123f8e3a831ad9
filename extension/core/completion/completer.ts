import * as l10n from '@vscode/l10n';
import { orAborted } from '../context/orAborted.ts';
import { leftOutByName } from '../repository/leftOut.ts';
import { createAlternatives } from './alternatives.ts';
import { delay } from './delay.ts';
import { display, viewEnd } from './display.ts';
import { createFlights, type FlightPorts } from './flights.ts';
import { createForecast, type Forecast } from './forecast.ts';
import { createForecasts } from './forecasts.ts';
import { NotSent } from './gaps.ts';
import type { Habits } from './habits.ts';
import type { Completion, InlineRequest, Suggestion } from './inlineRequest.ts';
import { lineBefore, type Place } from './place.ts';
import { createReception } from './reception.ts';
import type { Refusals } from './refusals.ts';
import { createSeen } from './seen.ts';
import { isUrgent, surroundingsByLine, wanted } from './trigger.ts';

/** What completions are made with. */
export interface CompleterPorts extends FlightPorts {
  readonly habits: Habits;
  readonly refusals: Refusals;
  /** A conversation has the server's only slot: a completion would wait for it, and push its prompt out. */
  readonly isOccupied: () => boolean;
}

/** Completes while a user types. It has at most one request under way. */
export interface Completer {
  /** What to show at a place. @throws BackendError, or the signal's reason. */
  complete(request: InlineRequest, signal: AbortSignal): Promise<Completion>;
  /** The text or the cursor has moved: asks what will be asked for, and ends what has become useless. */
  follow(request: InlineRequest): void;
  /** Asks ahead at a place where the user rests, while nothing else is asked. */
  warm(request: InlineRequest): void;
  dismissed(): void;
  /** The backend has changed: what the old one said is forgotten. */
  clear(): void;
}

/** Trust from which the next answer is prepared at once, and from which a whole block is shown in the middle of a line. */
const prefetchTrust = 0.3;
const blockTrust = 0.5;

/** Milliseconds in which what is shown now goes to the editor, before the next answer is prepared. */
const letPass = 25;

/** The same for a user who seldom takes a suggestion. */
const standing = 300;

/** Milliseconds without a key after which a user is taken to look at the screen, and not to type in the next moment. */
const resting = 1_000;

/** What is left of a forecast beyond what is shown, in lines and characters, when its continuation is asked for. */
const fewLines = 3;
const fewCharacters = 160;

/** Characters that are typed before a slip is noticed. */
const slipped = 8;

const placeOf = ({ cursor: { path }, prefix, suffix, languageId }: InlineRequest): Place => ({
  path,
  prefix,
  suffix,
  languageId,
});

/** Creates a completer. */
export function createCompleter(ports: CompleterPorts): Completer {
  const { gaps, habits, refusals, lifetime, tell } = ports;
  const forecasts = createForecasts();
  const reception = createReception(habits, refusals);
  const alternatives = createAlternatives((forecast) => forecasts.addOlder(forecast));
  const flights = createFlights(ports);
  const wasSeen = createSeen();
  let latest: InlineRequest | undefined;
  let keyAt = 0;
  let prefetch: ReturnType<typeof setTimeout> | undefined;
  let growth: ReturnType<typeof setTimeout> | undefined;
  /** Where an accepted suggestion has ended; VS Code asks there as if the user did. */
  let accepted: { readonly place: Place; isAsked: boolean } | undefined;

  /** Notes where the user is. */
  function move(place: Place): void {
    const taken = reception.moved(place);
    if (taken) {
      accepted = { place, isAsked: false };
      tell({ type: 'accepted', text: taken.text });
    } else if (accepted && accepted.place.prefix !== place.prefix) accepted = undefined;
  }

  const displayAt = (forecast: Forecast, request: InlineRequest) =>
    display(forecast, placeOf(request), modeAt(request), accepted?.place.prefix === request.prefix);

  const modeAt = ({ languageId, prefix, suffix }: InlineRequest): 'nothing' | 'line' | 'block' => {
    const where = surroundingsByLine(languageId, prefix);
    const mode = wanted(prefix, suffix, where);
    return mode === 'line' && where === 'code' && habits.of(languageId).trust >= blockTrust ? 'block' : mode;
  };

  const askedAt = (request: InlineRequest): 'line' | 'block' => (modeAt(request) === 'line' ? 'line' : 'block');

  /** Why nothing is asked at a place, before anything is looked at. */
  function silence(request: InlineRequest): string | undefined {
    // A file of secrets is typed in without help: its text would be the prompt.
    const byName = leftOutByName(request.cursor.path, 0);
    if (byName) return notHere(byName);
    if (modeAt(request) === 'nothing') return l10n.t('Nothing is completed in front of words, or in an empty file.');
    return undefined;
  }

  /** Asks for a forecast, or for more of it, and for what follows that. */
  async function ask(request: InlineRequest, forecast: Forecast, rest = 0): Promise<void> {
    const isOver = await flights.start(request, forecast, askedAt(request), rest);
    if (!isOver || !latest || !forecast.agrees(placeOf(latest))) return;
    prefetchSoon(latest, forecast);
    tellGrowth(latest, forecast);
  }

  function begin(request: InlineRequest, isManual: boolean): Forecast {
    const forecast = createForecast(placeOf(request));
    forecasts.add(forecast);
    const { debounce } = ports.settings();
    const urgent = isManual || isUrgent(request.prefix);
    void ask(request, forecast, delay(habits.of(request.languageId), flights, urgent, debounce));
    return forecast;
  }

  /** The forecast that holds at a place: one that is known, the one under way, or a new one. */
  function step(request: InlineRequest, isManual: boolean): { forecast: Forecast; isKnown: boolean } {
    const place = placeOf(request);
    latest = request;
    const flight = flights.current;
    if (flight && !flight.forecast.agrees(place)) flights.end();
    const found = forecasts.find(place);
    // While it only rests, it may as well ask from where the user is by now.
    const isBehind =
      flight?.isResting && flight.forecast === found?.forecast && flight.request.prefix !== request.prefix;
    if (!found || isBehind) return { forecast: begin(request, isManual), isKnown: false };
    prefetchSoon(request, found.forecast);
    return { forecast: found.forecast, isKnown: found.forecast.state !== 'running' };
  }

  /** Prepares what follows a forecast, before the user comes to its end. */
  function prefetchSoon(request: InlineRequest, forecast: Forecast): void {
    clearTimeout(prefetch);
    const { trust } = habits.of(request.languageId);
    // The matcher answers at once. Where every request is charged for, only who follows gets ahead.
    if (flights.kind === 'embedded' || (flights.kind === 'hosted' && trust < blockTrust)) return;
    prefetch = setTimeout(() => extend(forecast), trust >= prefetchTrust ? letPass : standing);
    prefetch.unref?.();
  }

  function extend(forecast: Forecast): void {
    if (flights.current || !latest || lifetime.aborted || ports.isOccupied()) return;
    const rest = forecast.rest(placeOf(latest));
    const canGrow = forecast.state === 'complete' || (forecast.state === 'stopped' && rest?.text !== '');
    if (!rest || !canGrow || forecast.text === '') return;
    const at = forecast.text.length - rest.text.length;
    const ahead = forecast.text.slice(viewEnd(forecast, at, accepted?.place.prefix === latest.prefix));
    if (ahead.split('\n').length > fewLines && ahead.length > fewCharacters) return;
    const { prefix } = forecast.extend();
    void ask({ ...latest, prefix }, forecast);
  }

  /**
   * Tells that there is more to show than was returned, once the user rests and looks: the editor has to take away what it
   * shows, and a key that falls then would leave it without.
   */
  function tellGrowth(request: InlineRequest, forecast: Forecast): void {
    clearTimeout(growth);
    growth = setTimeout(
      () => {
        const [returned] = reception.at(placeOf(request));
        const shown = returned && displayAt(forecast, request);
        if (shown && 'text' in shown && shown.text.length > returned.text.length) tell({ type: 'grown' });
      },
      Math.max(0, keyAt + resting - performance.now()),
    );
    growth.unref?.();
  }

  /** What Backspace would return to: a forecast that holds a few characters back on the line, and not here. */
  function behind(request: InlineRequest): Suggestion[] {
    const here = placeOf(request);
    const most = Math.min(slipped, lineBefore(here.prefix).length);
    for (let back = 1; back <= most; back++) {
      const place = { ...here, prefix: here.prefix.slice(0, -back) };
      const found = forecasts.find(place);
      if (!found?.rest?.text || found.forecast.agrees(here)) continue;
      const shown = display(found.forecast, place, modeAt({ ...request, ...place }));
      if (shown && 'text' in shown) return [{ ...shown, before: (shown.before ?? 0) + back }];
    }
    return [];
  }

  async function complete(request: InlineRequest, signal: AbortSignal): Promise<Completion> {
    if (request.isKnownOnly) return known(request);
    move(placeOf(request));
    const isContinuing = accepted !== undefined && !accepted.isAsked;
    if (accepted) accepted.isAsked = true;
    const isManual = request.isManual === true && !isContinuing;
    const completion = await completeHere(request, isManual, signal);
    return { ...completion, behind: behind(request) };
  }

  /** What is known to follow the word that the list of words would put in; the text is not there, so nothing is noted. */
  function known(request: InlineRequest): Completion {
    const found = silence(request) ? undefined : forecasts.find(placeOf(request));
    const shown = found && displayAt(found.forecast, request);
    return shown && 'text' in shown
      ? { suggestions: [shown], isReused: true }
      : nothing(l10n.t('The list of words has the floor.'));
  }

  async function completeHere(request: InlineRequest, isManual: boolean, signal: AbortSignal): Promise<Completion> {
    const why = silence(request);
    if (why) return nothing(why);
    if (ports.isOccupied()) return nothing(l10n.t('The server answers one request at a time, and the chat has it.'));
    const place = placeOf(request);
    // Who asks where something is shown already asks for something else.
    const wantsOthers = isManual && reception.at(place).length > 0;
    // A forecast that something else has ended under this request is begun anew, once.
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      lifetime.throwIfAborted();
      const { forecast, isKnown } = step(request, isManual);
      const shown = await shownBy(forecast, request, isManual, signal);
      if (shown === undefined || 'why' in shown) {
        const failure = flights.failureOf(forecast);
        if (failure instanceof NotSent) return nothing(notHere(failure.message));
        if (failure) throw failure;
        const isBrokenOff = !forecast.agrees(place) || (forecast.state === 'stopped' && shown === undefined);
        if (isBrokenOff && attempt < 2) continue;
        return nothing(shown?.why ?? l10n.t('The model has nothing to add here.'), isKnown);
      }
      const others = wantsOthers ? await further(request, shown, signal) : [];
      // What comes too late is not shown.
      signal.throwIfAborted();
      const suggestions = [shown, ...others];
      reception.shown(place, request.languageId, suggestions);
      return { suggestions, isReused: wasSeen(forecast, place) };
    }
  }

  /** Waits until a forecast has something for a place, or is known to have nothing. */
  async function shownBy(
    forecast: Forecast,
    request: InlineRequest,
    isManual: boolean,
    signal: AbortSignal,
  ): Promise<Suggestion | { why: string } | undefined> {
    const place = placeOf(request);
    for (;;) {
      const shown = displayAt(forecast, request);
      if (shown && 'text' in shown && !isManual && refusals.isRefused(place, shown.text))
        return { why: l10n.t('The suggestion was refused here before.') };
      if ((shown && 'text' in shown) || forecast.state !== 'running' || !forecast.agrees(place)) return shown;
      await orAborted(forecast.changed(), signal);
    }
  }

  /** Asks again, less surely, for other answers than the first. */
  async function further(request: InlineRequest, first: Suggestion, signal: AbortSignal) {
    flights.end();
    try {
      const backend = await ports.backend();
      if (backend.kind === 'embedded') return [];
      const either = AbortSignal.any([signal, lifetime]);
      const gap = await gaps.prepare(request, ports.settings(), backend, either);
      return await alternatives.of(placeOf(request), { ...gap, mode: askedAt(request) }, first, backend, either);
    } catch {
      // The first answer is there; what fails is told where it is asked for by itself.
      signal.throwIfAborted();
      return [];
    }
  }

  return {
    complete,
    follow(request) {
      const now = performance.now();
      habits.key(request.languageId, now - keyAt);
      keyAt = now;
      move(placeOf(request));
      if (silence(request) || ports.isOccupied()) {
        latest = request;
        if (flights.current && !flights.current.forecast.agrees(placeOf(request))) flights.end();
        return;
      }
      step(request, false);
    },
    warm(request) {
      if (flights.current || leftOutByName(request.cursor.path, 0) || ports.isOccupied()) return;
      const place = placeOf(request);
      if (forecasts.find(place)) return;
      const forecast = createForecast(place);
      void flights.warm(request, forecast, askedAt(request), () => {
        if (modeAt(request) !== 'nothing') forecasts.add(forecast);
      });
    },
    dismissed: () => reception.dismissed(),
    clear() {
      flights.clear();
      clearTimeout(prefetch);
      clearTimeout(growth);
      forecasts.clear();
    },
  };
}

const nothing = (why: string, isReused = false): Completion => ({ suggestions: [], isReused, why });

const notHere = (why: string): string => l10n.t('Nothing is completed in this file: {0}.', why);
