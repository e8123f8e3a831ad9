import * as l10n from '@vscode/l10n';
import type { ErrorView } from '../../extension/protocol/chat.ts';
import { CommandButton } from './CommandButton.tsx';

/** What went wrong with an answer, and the ways out. */
export function ErrorBox({ error }: { readonly error: ErrorView }) {
  return (
    <section class="failure" aria-label={l10n.t('Error')}>
      <p class="error-summary">
        <span class="codicon codicon-error" aria-hidden="true" />
        <span>{error.summary}</span>
      </p>
      {error.nextStep && <p class="error-next">{error.nextStep}</p>}
      <div class="buttons">
        <CommandButton command="setApiKey" label={l10n.t('Set API Key')} />
        <CommandButton command="selectBackend" label={l10n.t('Choose Backend')} secondary />
        <CommandButton command="showLog" label={l10n.t('Show Log')} secondary />
      </div>
    </section>
  );
}
