import * as l10n from '@vscode/l10n';
import type { BackendView } from '../../extension/protocol/chat.ts';
import { post } from '../vscodeApi.ts';

/** Who answers, or why nobody does; a click chooses another backend. */
export function BackendLine({ backend: { label, reason, error } }: { readonly backend: BackendView }) {
  const shown = error?.summary ?? label ?? l10n.t('Looking for a backend…');
  const title = error?.nextStep ?? reason;
  return (
    <button
      type="button"
      class={`backend ${error ? 'failed' : ''}`}
      title={title || l10n.t('Choose Backend')}
      onClick={() => post({ type: 'command', command: 'selectBackend' })}
    >
      <span class={`codicon codicon-${error ? 'warning' : 'server-environment'}`} aria-hidden="true" />
      <span class="label">{shown}</span>
    </button>
  );
}
