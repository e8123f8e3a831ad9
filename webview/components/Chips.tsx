import * as l10n from '@vscode/l10n';
import type { Chip } from '../../extension/protocol/chat.ts';
import { compact } from '../numbers.ts';
import { post } from '../vscodeApi.ts';

/** What goes along with the next message, each to be left out with a click. */
export function Chips({ chips }: { readonly chips: readonly Chip[] }) {
  if (chips.length === 0) return null;
  return (
    <fieldset class="chips" aria-label={l10n.t('Context')}>
      {chips.map((chip) => (
        <ChipButton key={chip.id} chip={chip} />
      ))}
    </fieldset>
  );
}

function ChipButton({ chip: { id, label, tokens, included, isAdded } }: { readonly chip: Chip }) {
  const size = tokens === undefined ? '…' : l10n.t('{0} tokens', compact(tokens, document.documentElement.lang));
  return (
    <button
      type="button"
      class="chip"
      aria-pressed={isAdded ? undefined : included}
      title={
        isAdded
          ? l10n.t('{0} goes along with the next message. Click to take it away.', label)
          : included
            ? l10n.t('{0} goes along. Click to leave it out.', label)
            : l10n.t('{0} is left out. Click to add it.', label)
      }
      onClick={() => post({ type: 'toggleChip', id })}
    >
      <span class={`codicon codicon-${isAdded ? 'close' : included ? 'check' : 'add'}`} aria-hidden="true" />
      <span class="label">{label}</span>
      <span class="size">{size}</span>
    </button>
  );
}
