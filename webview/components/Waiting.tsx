import * as l10n from '@vscode/l10n';
import type { TurnView } from '../../extension/protocol/chat.ts';

/** What an answer that has not begun waits for. */
export function Waiting({ status, waitsFor }: Pick<TurnView, 'status' | 'waitsFor'>) {
  const plain = status === 'packing' ? l10n.t('Reading the repository…') : l10n.t('Waiting for the model…');
  const label = waitsFor ?? plain;
  return (
    <div class="waiting-for">
      <span>{label}</span>
      {/* A native <progress> cannot be styled while indeterminate. */}
      <div class="progress" role="progressbar" aria-label={label} />
    </div>
  );
}
