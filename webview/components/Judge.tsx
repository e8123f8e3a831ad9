import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { FileView, Judged } from '../../extension/protocol/chat.ts';
import { post } from '../vscodeApi.ts';
import { IconButton } from './IconButton.tsx';

/** What is to be judged. */
interface JudgeProps {
  readonly proposal: string;
  readonly judged: Judged;
  readonly decision: FileView['decision'];
  /** Whether something of it is still to be judged. */
  readonly open: boolean;
  readonly accept: string;
  readonly reject: string;
  /** Icons in place of words, which become the names of the buttons. */
  readonly compact?: boolean;
}

/** Two buttons that accept and reject a proposal or a part of it, and what was decided. */
export function Judge({ proposal, judged, decision, open, accept, reject, compact }: JudgeProps) {
  const place = useRef<HTMLDivElement>(null);
  const clicked = useRef(false);

  // The buttons go away with the keyboard in them; it moves on to what is to be judged next.
  useLayoutEffect(() => {
    if (open || !clicked.current) return;
    clicked.current = false;
    if (place.current) nextToJudge(place.current).focus();
  }, [open]);

  const decide = (wanted: 'accepted' | 'rejected') => () => {
    clicked.current = true;
    post({ type: 'decide', proposal, decision: wanted, judged });
  };
  return (
    <div class={`judge ${compact ? 'compact' : 'buttons'}`} ref={place} tabIndex={-1}>
      {decision !== 'pending' && <Verdict decision={decision} />}
      {open && compact && (
        <>
          <IconButton icon="check" label={accept} class="accept" onClick={decide('accepted')} />
          <IconButton icon="close" label={reject} class="reject" onClick={decide('rejected')} />
        </>
      )}
      {open && !compact && (
        <>
          <button type="button" class="button accept" onClick={decide('accepted')}>
            {accept}
          </button>
          <button type="button" class="button secondary reject" onClick={decide('rejected')}>
            {reject}
          </button>
        </>
      )}
    </div>
  );
}

function nextToJudge(place: HTMLElement): HTMLElement {
  const buttons = place.closest('.proposal')?.querySelectorAll<HTMLElement>('.judge .accept') ?? [];
  const follows = (button: Node) => place.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING;
  return [...buttons].find((button) => follows(button) && button.checkVisibility()) ?? place;
}

function Verdict({ decision }: { readonly decision: 'accepted' | 'rejected' | 'partly' }) {
  const [icon, words] = {
    accepted: ['check', l10n.t('Accepted')],
    rejected: ['discard', l10n.t('Rejected')],
    partly: ['check', l10n.t('Partly accepted')],
  }[decision];
  return (
    <span class={`verdict ${decision}`}>
      <span class={`codicon codicon-${icon}`} aria-hidden="true" /> {words}
    </span>
  );
}
