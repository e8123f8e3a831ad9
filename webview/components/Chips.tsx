import * as l10n from '@vscode/l10n';
import type { Chip } from '../../extension/protocol/chat.ts';
import { showControls } from '../controlCharacters.ts';
import { compact } from '../numbers.ts';
import { post } from '../vscodeApi.ts';

/** What a list of chips is drawn with. */
interface ChipsProps {
  readonly chips: readonly Chip[];
  /** Puts the keyboard into the input: the last chip goes away with it. */
  readonly focusInput: () => void;
}

/** What goes along with the next message, each to be left out with a click. */
export function Chips({ chips, focusInput }: ChipsProps) {
  if (chips.length === 0) return null;
  return (
    <fieldset class="chips" aria-label={l10n.t('Context')}>
      {chips.map((chip) => (
        <ChipButton key={chip.id} chip={chip} focusInput={focusInput} />
      ))}
    </fieldset>
  );
}

function ChipButton({ chip, focusInput }: { readonly chip: Chip } & Pick<ChipsProps, 'focusInput'>) {
  const { id, included, isAdded, isFixed, refused, leftOut = 0 } = chip;
  const label = showControls(chip.label);
  const isWaiting = chip.tokens === undefined && refused === undefined;
  const isStill = isFixed || (refused !== undefined && !isAdded);
  function toggle({ currentTarget }: { currentTarget: HTMLElement }): void {
    if (isStill) return;
    post({ type: 'toggleChip', id });
    if (!isAdded) return;
    const neighbour = currentTarget.nextElementSibling ?? currentTarget.previousElementSibling;
    if (neighbour instanceof HTMLElement) neighbour.focus();
    else focusInput();
  }
  return (
    <button
      type="button"
      class={`chip ${refused ? 'refused-chip' : ''}`}
      aria-pressed={isAdded || refused ? undefined : included}
      aria-disabled={isStill ? true : undefined}
      title={titleOf(chip, label)}
      onClick={toggle}
    >
      <span class={`codicon codicon-${iconOf(chip)} ${refused ? 'warning-sign' : ''}`} aria-hidden="true" />
      <span class="label">{label}</span>
      {refused ? <span class="reason">{refused}</span> : <span class="size">{isWaiting ? '…' : sizeOf(chip)}</span>}
      {leftOut > 0 && (
        <span class="left-out">
          <span class="codicon codicon-warning warning-sign" aria-hidden="true" />
          {l10n.t('{0} left out', leftOut)}
        </span>
      )}
    </button>
  );
}

function iconOf({ included, isAdded, isFixed, refused }: Chip): string {
  if (refused) return 'warning';
  if (isFixed) return 'lock';
  return isAdded ? 'close' : included ? 'check' : 'add';
}

function sizeOf({ tokens = 0, isLimit }: Chip): string {
  const count = compact(tokens, document.documentElement.lang);
  return isLimit ? l10n.t('up to {0} tokens', count) : l10n.t('{0} tokens', count);
}

function titleOf({ included, isAdded, isFixed, refused }: Chip, label: string): string {
  if (refused) {
    const reason = l10n.t('{0} does not go along: {1}.', label, refused);
    return isAdded ? `${reason} ${l10n.t('Click to take it away.')}` : reason;
  }
  if (isFixed) return l10n.t('{0} is what this conversation begins with.', label);
  if (isAdded) return l10n.t('{0} goes along with the next message. Click to take it away.', label);
  return included
    ? l10n.t('{0} goes along. Click to leave it out.', label)
    : l10n.t('{0} is left out. Click to add it.', label);
}
