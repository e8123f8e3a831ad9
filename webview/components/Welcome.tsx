import * as l10n from '@vscode/l10n';
import type { PageCommand } from '../../extension/protocol/chat.ts';
import { post } from '../vscodeApi.ts';

function Start({ command, icon, label }: { command: PageCommand; icon: string; label: string }) {
  return (
    <button type="button" class="secondary" onClick={() => post({ type: 'command', command })}>
      <span class={`codicon codicon-${icon}`} aria-hidden="true" /> {label}
    </button>
  );
}

/** What an empty conversation shows: what can be done, one click away. */
export function Welcome() {
  return (
    <div class="welcome">
      <p>{l10n.t('Ask about your code, or select some and have it refactored. Edits are shown as a diff first.')}</p>
      <Start command="askRepository" icon="question" label={l10n.t('Ask Repository')} />
      <Start command="refactorSelection" icon="wand" label={l10n.t('Refactor Selection')} />
      <Start command="setApiKey" icon="key" label={l10n.t('Set API Key')} />
    </div>
  );
}
