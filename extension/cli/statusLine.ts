import * as l10n from '@vscode/l10n';
import type { SurveyEvent } from '../core/conversation/mapReduce/survey.ts';

/** What is going on, on one line of a terminal that the next one takes the place of. */
export interface StatusLine {
  /** Tells of an event that says how far something is; of every other, the line goes. */
  hear(event: SurveyEvent): void;
  clear(): void;
}

/** How far something is, in words; undefined for what does not tell that. */
function wordsFor(event: SurveyEvent): string | undefined {
  switch (event.type) {
    case 'packing':
      return event.stage?.stage === 'scanning'
        ? l10n.t('Reading files: {0} of {1}…', event.stage.done.toLocaleString(), event.stage.total.toLocaleString())
        : l10n.t('Packing…');
    case 'packed':
      return l10n.t('Waiting for the model…');
    case 'reading': {
      const percent = Math.round((100 * event.read) / Math.max(1, event.total));
      return l10n.t('The model is reading: {0} % of {1} tokens…', percent, event.total.toLocaleString());
    }
    case 'part': {
      if (event.state !== 'reading' || event.read === undefined || !event.total) return undefined;
      const percent = Math.round((100 * event.read) / event.total);
      return l10n.t('The model is reading: {0} % of {1} tokens…', percent, event.total.toLocaleString());
    }
    case 'merging':
      return l10n.t('Putting the findings together…');
  }
  return undefined;
}

/** Creates the line on a stream; nothing is written where that is no terminal. */
export function createStatusLine(stream: NodeJS.WriteStream): StatusLine {
  let shown = '';
  function show(words: string): void {
    if (!stream.isTTY || words === shown) return;
    stream.write(`\r\x1b[K${words}`);
    shown = words;
  }
  return {
    hear: (event) => show(wordsFor(event) ?? ''),
    clear: () => show(''),
  };
}
