import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import type { InspectorChoices, InspectorSource } from '../../extension/protocol/inspector.ts';
import { post } from './host.ts';

/** Chooses what is shown: the pack for a question, for the cursor, or of the chat that is open. */
export function SourceBar({ choices }: { readonly choices: InspectorChoices }) {
  const { source, cursor, hasConversation } = choices;
  const [question, setQuestion] = useState(choices.question);
  // Another question was asked for from elsewhere.
  useEffect(() => setQuestion(choices.question), [choices.question]);

  const option = (value: InspectorSource, label: string, isOff: boolean) => (
    <label class={`choice ${isOff ? 'off' : ''}`}>
      <input
        type="radio"
        name="source"
        value={value}
        checked={source === value}
        disabled={isOff}
        onChange={() => post({ type: 'show', source: value, question })}
      />
      <span>{label}</span>
    </label>
  );

  return (
    <form
      class="source"
      onSubmit={(event) => {
        event.preventDefault();
        post({ type: 'show', source, question });
      }}
    >
      <fieldset>
        <legend class="visually-hidden">{l10n.t('What to show')}</legend>
        {option('question', l10n.t('For a question'), false)}
        {option('cursor', cursor ? l10n.t('At the cursor: {0}', cursor) : l10n.t('At the cursor'), !cursor)}
        {option('conversation', l10n.t('In the chat'), !hasConversation)}
      </fieldset>
      {source === 'question' && (
        <input
          type="text"
          class="question"
          value={question}
          aria-label={l10n.t('Question')}
          placeholder={l10n.t('A question; without one, the repository in reading order')}
          onInput={({ currentTarget }) => setQuestion(currentTarget.value)}
        />
      )}
      <button type="submit" class="button">
        {l10n.t('Pack')}
      </button>
    </form>
  );
}
