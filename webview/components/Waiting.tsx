import * as l10n from '@vscode/l10n';

/** What an answer that has not begun waits for. */
export function Waiting({ status }: { readonly status: 'packing' | 'waiting' }) {
  const label = status === 'packing' ? l10n.t('Reading the repository…') : l10n.t('Waiting for the model…');
  return (
    <div class="waiting-for">
      <span>{label}</span>
      {/* A native <progress> cannot be styled while indeterminate. */}
      <div class="progress" role="progressbar" aria-label={label} />
    </div>
  );
}
