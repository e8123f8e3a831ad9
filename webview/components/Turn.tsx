import * as l10n from '@vscode/l10n';
import { memo } from 'preact/compat';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { Failure } from './Failure.tsx';
import { Markdown } from './Markdown.tsx';
import { Proposal } from './Proposal.tsx';

function Reasoning({ turn }: { readonly turn: TurnView }) {
  if (!turn.reasoning) return null;
  const { reasoningTime } = turn;
  const done = reasoningTime !== undefined || turn.status !== 'streaming';
  const label = !done
    ? l10n.t('Thinking…')
    : reasoningTime === undefined
      ? l10n.t('Thoughts')
      : l10n.t('Thought for {0} s', (reasoningTime / 1_000).toFixed(1));
  return (
    <details class="reasoning">
      <summary>{label}</summary>
      <div class="reasoning-text">{turn.reasoning}</div>
    </details>
  );
}

function Progress({ status }: { readonly status: TurnView['status'] }) {
  if (status !== 'packing' && status !== 'waiting') return null;
  return (
    <div class="progress" role="status">
      {status === 'packing' ? l10n.t('Reading the repository…') : l10n.t('Waiting for the model…')}
      <div class="bar" />
    </div>
  );
}

/** One message of the conversation. */
export const Turn = memo(({ turn }: { readonly turn: TurnView }) => {
  if (turn.role === 'user') {
    return (
      <article class="turn user" aria-label={l10n.t('You')}>
        <div class="question">{turn.text}</div>
        {turn.attached.length > 0 && <div class="note">{turn.attached.join(' · ')}</div>}
      </article>
    );
  }
  return (
    <article class={`turn assistant ${turn.status}`} aria-label="GLM Coder" aria-busy={turn.status === 'streaming'}>
      <Reasoning turn={turn} />
      {turn.text && <Markdown text={turn.text} citations={turn.citations} />}
      <Progress status={turn.status} />
      {turn.proposal && <Proposal proposal={turn.proposal} />}
      {turn.status === 'stopped' && <div class="note">{l10n.t('Stopped.')}</div>}
      {turn.error && <Failure error={turn.error} />}
      {turn.note && <div class="note">{turn.note}</div>}
    </article>
  );
});
