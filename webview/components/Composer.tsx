import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { ChatState, ConversationKind } from '../../extension/protocol/chat.ts';
import type { Page } from '../store.ts';
import { post, saveDraft, savedDraft } from '../vscodeApi.ts';
import { BackendLine } from './BackendLine.tsx';
import { Chips } from './Chips.tsx';
import { IconButton } from './IconButton.tsx';
import { ToolsLine } from './ToolsLine.tsx';

/** What the input is drawn with. */
interface ComposerProps {
  readonly chat: ChatState;
  readonly focusRequests: number;
  readonly returned: Page['returned'];
  readonly input: RefObject<HTMLTextAreaElement | null>;
}

/** The input, with what goes along and who will answer. */
export function Composer({
  chat: { kind, chips, backend, tools, busy },
  focusRequests,
  returned,
  input,
}: ComposerProps) {
  const [draft, setDraft] = useState(savedDraft);
  const canSend = !busy && draft.trim() !== '';

  useEffect(() => {
    if (focusRequests > 0) input.current?.focus();
  }, [focusRequests]);
  useEffect(() => {
    if (returned) setDraft((now) => now || returned.text);
  }, [returned]);
  useLayoutEffect(() => saveDraft(draft), [draft]);

  function send(): void {
    if (!canSend) return;
    post({ type: 'send', text: draft.trim() });
    setDraft('');
    input.current?.focus();
  }

  function stop(): void {
    post({ type: 'stop' });
    input.current?.focus();
  }

  function newChat(): void {
    post({ type: 'newChat' });
    input.current?.focus();
  }

  const openHistory = () => post({ type: 'command', command: 'chatHistory' });

  function addContext(source?: 'file' | 'symbol'): void {
    // The keyboard comes back to where it was in the page once something was chosen.
    input.current?.focus();
    post({ type: 'addContext', ...(source ? { source } : {}) });
  }

  /** A sign at the beginning of a word asks for what it stands for. */
  function typed({ currentTarget }: InputEvent & { currentTarget: HTMLTextAreaElement }): void {
    const { value, selectionStart: at } = currentTarget;
    const isAdded = value.length === draft.length + 1 && /(?:^|\s)[@#]$/.test(value.slice(0, at));
    setDraft(value);
    if (isAdded) addContext(value[at - 1] === '@' ? 'file' : 'symbol');
  }

  function pressed(event: KeyboardEvent): void {
    // Enter that confirms what an input method offers belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form class="composer" onSubmit={(event) => event.preventDefault()}>
      <div class="input-box">
        <Chips chips={chips} />
        <textarea
          ref={input}
          rows={1}
          value={draft}
          placeholder={placeholder(kind)}
          aria-label={placeholder(kind)}
          spellcheck={false}
          onInput={typed}
          onKeyDown={pressed}
        />
        <div class="actions">
          <IconButton icon="add" label={l10n.t('New Chat')} class="new-chat" onClick={newChat} />
          <IconButton icon="attach" label={l10n.t('Add Context')} class="add-context" onClick={() => addContext()} />
          <IconButton icon="history" label={l10n.t('Chat History')} class="chat-history" onClick={openHistory} />
          {busy ? (
            <IconButton key="stop" icon="debug-stop" label={l10n.t('Stop')} class="stop" onClick={stop} />
          ) : (
            <IconButton key="send" icon="send" label={l10n.t('Send')} class="send" disabled={!canSend} onClick={send} />
          )}
        </div>
      </div>
      <div class="lines">
        <BackendLine backend={backend} />
        {tools && <ToolsLine tools={tools} />}
      </div>
    </form>
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
