import * as l10n from '@vscode/l10n';
import { CommandButton } from './CommandButton.tsx';

/** What an empty conversation shows: what can be done here. */
export function Welcome() {
  return (
    <section class="welcome" aria-label={l10n.t('Welcome')}>
      <h2>GLM Coder</h2>
      <p>{l10n.t('Ask about your code, or say what to change. Answers name the places they are about.')}</p>
      <p>
        {l10n.t(
          'Type / for a command, @ for a file and # for a symbol, or hold Shift and drop files, folders and tabs here.',
        )}
      </p>
      <div class="buttons">
        <CommandButton command="askRepository" label={l10n.t('Ask Repository')} icon="search" />
        <CommandButton command="refactorSelection" label={l10n.t('Refactor Selection')} icon="edit" secondary />
        <CommandButton command="setApiKey" label={l10n.t('Set API Key')} icon="key" secondary />
        <CommandButton command="chatHistory" label={l10n.t('Chat History')} icon="history" secondary />
      </div>
    </section>
  );
}
