import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatState, ConversationKind } from '../../extension/protocol/chat.ts';
import { pathsIn } from '../dropped.ts';
import type { Page } from '../store.ts';
import { post, saveDraft, savedDraft } from '../vscodeApi.ts';
import { BackendLine } from './BackendLine.tsx';
import { Chips } from './Chips.tsx';
import { IconButton } from './IconButton.tsx';
import { Meter, MeterWarning } from './Meter.tsx';
import { SlashCommandList, useSlashCommands } from './SlashCommands.tsx';
import { useDrops } from './useDrops.ts';
import { useFocusWhenGone } from './useFocusWhenGone.ts';

/** Milliseconds without a key before the host is told what stands in the input. */
const rest = 400;

import { ToolsLine } from './ToolsLine.tsx';

/** What the input is drawn with. */
interface ComposerProps extends Omit<Page, 'chat'> {
  readonly chat: ChatState;
  readonly input: RefObject<HTMLTextAreaElement | null>;
}

/** The input, with what goes along and who will answer. */
export function Composer({ chat, focusRequests, returned, inserted, commands, choices, input }: ComposerProps) {
  const { kind, chips, meter, backend, tools, busy } = chat;
  const [draft, setDraft] = useState(savedDraft);
  const told = useRef('');
  /** Where the sign stands that has asked for something, as long as nothing was typed after it. */
  const sign = useRef<number | undefined>(undefined);
  const slash = useSlashCommands(draft, commands, setDraft);
  const canSend = !busy && draft.trim() !== '';

  useEffect(() => {
    if (focusRequests > 0) input.current?.focus();
  }, [focusRequests]);
  useEffect(() => {
    if (returned) setDraft((now) => now || returned.text);
  }, [returned]);
  useEffect(() => {
    if (inserted) insert(inserted.text);
  }, [inserted]);
  useEffect(() => {
    if (choices > 0) takeSign();
  }, [choices]);
  useLayoutEffect(() => saveDraft(draft), [draft]);
  useEffect(() => {
    if (draft === told.current) return;
    const timer = setTimeout(() => {
      told.current = draft;
      post({ type: 'drafted', text: draft });
    }, rest);
    return () => clearTimeout(timer);
  }, [draft]);

  const isOver = useDrops({
    files(paths, text) {
      post({ type: 'addPaths', paths, text });
      input.current?.focus();
    },
    text: insert,
  });

  /** Puts text where the cursor is, with the keyboard behind it. */
  function insert(text: string): void {
    const element = input.current;
    if (!element) return;
    element.focus();
    element.setRangeText(text, element.selectionStart, element.selectionEnd, 'end');
    setDraft(element.value);
  }

  /** Takes away the sign whose wish was granted. */
  function takeSign(): void {
    const element = input.current;
    if (!element || sign.current === undefined) return;
    element.setRangeText('', sign.current, sign.current + 1, 'preserve');
    sign.current = undefined;
    setDraft(element.value);
  }

  /** Files that were copied in the Explorer are added; other text is pasted as it is. */
  function pasted(event: ClipboardEvent): void {
    const paths = event.clipboardData ? pathsIn(event.clipboardData) : [];
    if (paths.length === 0) return;
    event.preventDefault();
    post({ type: 'addPaths', paths, text: event.clipboardData?.getData('text/plain') ?? '' });
  }

  function send(): void {
    if (!canSend) return;
    post({ type: 'send', text: draft.trim() });
    sign.current = undefined;
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

  const focusInput = () => input.current?.focus();
  // An answer that ends takes its button away.
  useFocusWhenGone(busy, () => document.activeElement?.matches('.composer .stop') === true, focusInput);

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
    sign.current = isAdded ? at - 1 : undefined;
    if (isAdded) addContext(value[at - 1] === '@' ? 'file' : 'symbol');
  }

  function pressed(event: KeyboardEvent): void {
    if (slash.pressed(event)) {
      event.preventDefault();
      // On the page it stops an answer.
      event.stopPropagation();
      return;
    }
    // Enter that confirms what an input method offers belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form class="composer" onSubmit={(event) => event.preventDefault()}>
      {isOver && <div class="drop-hint">{l10n.t('Drop to add to the message')}</div>}
      <MeterWarning meter={meter} focusInput={focusInput} />
      <div class="input-box">
        <SlashCommandList {...slash} />
        <Chips chips={chips} focusInput={focusInput} />
        <textarea
          ref={input}
          rows={1}
          value={draft}
          placeholder={placeholder(kind)}
          aria-label={placeholder(kind)}
          spellcheck={false}
          onInput={typed}
          onKeyDown={pressed}
          onPaste={pasted}
          {...slash.attributes}
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
      <div class="below-input">
        <BackendLine backend={backend} />
        {tools && <ToolsLine tools={tools} />}
        {meter && <Meter meter={meter} />}
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
