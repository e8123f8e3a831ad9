import * as l10n from '@vscode/l10n';
import type { InlineEditEvent } from '../../core/conversation/inlineEdit/inlineEdit.ts';

/** What the user is told of an event while there is no code yet; undefined where it changes nothing. */
export function progressNote(event: InlineEditEvent): string | undefined {
  switch (event.type) {
    case 'reasoning':
      return l10n.t('Thinking…');
    case 'reading': {
      const percent = Math.round((100 * event.read) / Math.max(1, event.total));
      return l10n.t('The model is reading: {0} % of {1} tokens…', percent, event.total.toLocaleString());
    }
    case 'waiting': {
      const seconds = Math.max(1, Math.round(event.milliseconds / 1_000));
      return `${event.why} ${l10n.t('Trying again in {0} s…', seconds)}`;
    }
    case 'moved':
      return l10n.t('{0} Answered by {1}.', event.why, event.label);
    default:
      return undefined;
  }
}
