import * as l10n from '@vscode/l10n';
import type { ToolsView } from '../../extension/protocol/chat.ts';
import { post } from '../vscodeApi.ts';

/** Whether the model may use tools in this chat; a click changes it for the next. */
export function ToolsLine({ tools: { isOn, isOnNext } }: { readonly tools: ToolsView }) {
  const next = isOnNext ? l10n.t('On in new chats') : l10n.t('Off in new chats');
  return (
    <button
      type="button"
      class="backend tools-line"
      title={l10n.t('Tools let the model read files and search in this folder. They never write.')}
      onClick={() => post({ type: 'command', command: 'chatTools' })}
    >
      <span class="codicon codicon-tools" aria-hidden="true" />
      <span class="label">
        {isOn ? l10n.t('Tools: on') : l10n.t('Tools: off')}
        {isOn !== isOnNext && ` (${next})`}
      </span>
    </button>
  );
}
