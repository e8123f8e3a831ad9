import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { BackendView, ChatState, Chip, ConversationKind } from '../../extension/protocol/chat.ts';
import { keepDraft, keptDraft, post } from '../vscodeApi.ts';

function tokensText(tokens: number | undefined): string {
  if (tokens === undefined) return '…';
  return tokens < 1_000 ? l10n.t('{0} tokens', tokens) : l10n.t('{0}K tokens', (tokens / 1_000).toFixed(1));
}

function ChipButton({ chip }: { readonly chip: Chip }) {
  const { id, label, tokens, included } = chip;
  const title = included
    ? l10n.t('Goes along with the message; click to leave it out')
    : l10n.t('Click to send it along');
  return (
    <button
      type="button"
      class="chip"
      aria-pressed={included}
      title={title}
      onClick={() => post({ type: 'toggleChip', id })}
    >
      <span class={`codicon codicon-${included ? 'check' : 'add'}`} aria-hidden="true" />
      <span class="chip-label">{label}</span>
      <span class="chip-tokens">{tokensText(tokens)}</span>
    </button>
  );
}

function placeholder(kind: ConversationKind): string {
  switch (kind) {
    case 'chat':
      return l10n.t('Ask GLM Coder…');
    case 'ask':
      return l10n.t('Ask about the repository…');
    case 'edit':
      return l10n.t('Describe the change…');
  }
}

function backendText({ label, error }: BackendView): string {
  return error?.summary ?? label ?? l10n.t('Looking for a backend…');
}

interface ComposerProps {
  readonly state: ChatState;
  readonly input: RefObject<HTMLTextAreaElement | null>;
}

/** Where the next message is written, with what goes along with it. */
export function Composer({ state, input }: ComposerProps) {
  const { chips, busy, kind, backend } = state;
  const [draft, setDraft] = useState(keptDraft);

  useLayoutEffect(() => {
    const { current } = input;
    if (!current) return;
    current.style.height = 'auto';
    current.style.height = `${Math.min(current.scrollHeight + 2, 240)}px`;
  }, [draft, input]);

  function write(text: string): void {
    setDraft(text);
    keepDraft(text);
  }

  function send(): void {
    const text = draft.trim();
    if (!text || busy) return;
    post({ type: 'send', text });
    write('');
  }

  function pressed(event: KeyboardEvent): void {
    // While an input method is composing, Enter chooses a candidate.
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && busy) {
      post({ type: 'stop' });
    }
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {chips.length > 0 && (
        <fieldset class="chips" aria-label={l10n.t('Context')}>
          {chips.map((chip) => (
            <ChipButton key={chip.id} chip={chip} />
          ))}
        </fieldset>
      )}
      <div class="entry">
        <textarea
          ref={input}
          rows={1}
          value={draft}
          placeholder={placeholder(kind)}
          aria-label={placeholder(kind)}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={pressed}
        />
        {busy ? (
          <button type="button" class="send stop" aria-label={l10n.t('Stop')} onClick={() => post({ type: 'stop' })}>
            <span class="codicon codicon-debug-stop" aria-hidden="true" />
          </button>
        ) : (
          <button type="submit" class="send" aria-label={l10n.t('Send')} disabled={draft.trim() === ''}>
            <span class="codicon codicon-send" aria-hidden="true" />
          </button>
        )}
      </div>
      <button
        type="button"
        class={backend.error ? 'backend failed' : 'backend'}
        title={backend.error?.nextStep ?? backend.reason ?? ''}
        onClick={() => post({ type: 'command', command: 'selectBackend' })}
      >
        <span class={`codicon codicon-${backend.error ? 'warning' : 'server'}`} aria-hidden="true" />
        {backendText(backend)}
      </button>
    </form>
  );
}
