import * as l10n from '@vscode/l10n';
import type { ErrorView } from '../../extension/protocol/chat.ts';
import { post } from '../vscodeApi.ts';

/** A failure: what happened, what to do, and the commands that do it. */
export function Failure({ error }: { readonly error: ErrorView }) {
  return (
    <div class="failure" role="alert">
      <p>
        <span class="codicon codicon-error" aria-hidden="true" /> {error.summary}
      </p>
      <p>{error.nextStep}</p>
      <div class="actions">
        <button type="button" class="secondary" onClick={() => post({ type: 'command', command: 'setApiKey' })}>
          {l10n.t('Set API Key')}
        </button>
        <button type="button" class="secondary" onClick={() => post({ type: 'command', command: 'selectBackend' })}>
          {l10n.t('Choose Backend')}
        </button>
        <button type="button" class="secondary" onClick={() => post({ type: 'command', command: 'showLog' })}>
          {l10n.t('Show Log')}
        </button>
      </div>
    </div>
  );
}
