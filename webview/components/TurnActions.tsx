import * as l10n from '@vscode/l10n';
import { useContext, useEffect, useRef } from 'preact/hooks';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { post } from '../vscodeApi.ts';
import { CopyButton } from './CopyButton.tsx';
import { Chat } from './chatContext.ts';
import { IconButton } from './IconButton.tsx';
import { useFocusWhenGone } from './useFocusWhenGone.ts';

/** What can be done with an answer that is over. Always there, so that the keyboard reaches it; seen when it does. */
export function AnswerActions({ turn: { id, status, text, canRestore } }: { readonly turn: TurnView }) {
  const { busy, lastAnswer, focusInput } = useContext(Chat);
  const isOver = status === 'done' || status === 'stopped' || status === 'failed';
  const actions = useRef<HTMLDivElement>(null);
  const hasKeyboard = () => actions.current?.querySelector('.restore:focus') != null;
  useFocusWhenGone(canRestore === true && !busy, hasKeyboard, focusInput);
  if (!isOver) return null;

  const regenerate = () => {
    post({ type: 'regenerate' });
    // The button goes away with the keyboard in it.
    focusInput();
  };
  return (
    <div class="turn-actions" ref={actions}>
      {text !== '' && <CopyButton text={text} label={l10n.t('Copy Answer')} />}
      {id === lastAnswer && !busy && (
        <IconButton icon="refresh" label={l10n.t('Regenerate')} class="regenerate" onClick={regenerate} />
      )}
      {canRestore && !busy && (
        <IconButton
          icon="discard"
          label={l10n.t('Restore Files to Before This Answer')}
          class="restore"
          onClick={() => post({ type: 'restore', turn: id })}
        />
      )}
    </div>
  );
}

/** What can be done with a question. */
interface QuestionActionsProps {
  readonly turn: TurnView;
  /** Whether it comes back from being edited in vain, and the keyboard with it. */
  readonly returns: boolean;
  readonly onEdit: () => void;
}

/** The actions of a question. */
export function QuestionActions({ turn, returns, onEdit }: QuestionActionsProps) {
  const { busy } = useContext(Chat);
  const actions = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (returns) actions.current?.querySelector<HTMLElement>('.edit')?.focus();
  }, []);
  return (
    <div class="turn-actions" ref={actions}>
      <IconButton icon="edit" label={l10n.t('Edit Question')} class="edit" disabled={busy} onClick={onEdit} />
      <CopyButton text={turn.text} label={l10n.t('Copy Question')} />
    </div>
  );
}
