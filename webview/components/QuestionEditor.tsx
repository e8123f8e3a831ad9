import * as l10n from '@vscode/l10n';
import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { post } from '../vscodeApi.ts';
import { Chat } from './chatContext.ts';

/** A question, and what to do once it is no longer edited. */
interface QuestionEditorProps {
  readonly turn: TurnView;
  readonly onSent: () => void;
  readonly onCancel: () => void;
}

/** An earlier question, being rewritten in its place. */
export function QuestionEditor({ turn, onSent, onCancel }: QuestionEditorProps) {
  const { busy, focusInput } = useContext(Chat);
  const [draft, setDraft] = useState(turn.text);
  const input = useRef<HTMLTextAreaElement>(null);
  const canSend = !busy && draft.trim() !== '';

  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(draft.length, draft.length);
  }, []);

  function send(): void {
    if (!canSend) return;
    post({ type: 'edit', turn: turn.id, text: draft.trim() });
    onSent();
    // The question is about to be replaced, and what comes next is said below.
    focusInput();
  }

  function pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      // On the page it stops an answer.
      event.stopPropagation();
      onCancel();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  }

  return (
    <form class="question-editor" onSubmit={(event) => event.preventDefault()}>
      <textarea
        ref={input}
        rows={Math.min(draft.split('\n').length, 12)}
        value={draft}
        aria-label={l10n.t('Edit Question')}
        spellcheck={false}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={pressed}
      />
      <div class="buttons">
        <button type="button" class="button" disabled={!canSend} onClick={send}>
          {l10n.t('Send')}
        </button>
        <button type="button" class="button secondary" onClick={onCancel}>
          {l10n.t('Cancel')}
        </button>
      </div>
    </form>
  );
}
