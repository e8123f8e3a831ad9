import * as l10n from '@vscode/l10n';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { ErrorBox } from './ErrorBox.tsx';
import { Markdown } from './Markdown.tsx';
import { memo } from './memo.ts';
import { Proposal } from './Proposal.tsx';
import { Reasoning } from './Reasoning.tsx';
import { Waiting } from './Waiting.tsx';

/** One message of the conversation. */
export const Turn = memo(({ turn }: { readonly turn: TurnView }) =>
  turn.role === 'user' ? <UserTurn turn={turn} /> : <AssistantTurn turn={turn} />,
);

function UserTurn({ turn }: { readonly turn: TurnView }) {
  return (
    <article class="turn user" aria-label={l10n.t('You')}>
      <div class="question">{turn.text}</div>
      {turn.attached.length > 0 && (
        <ul class="attached" aria-label={l10n.t('Attached')}>
          {turn.attached.map((label) => (
            <li key={label} class="attachment" title={label}>
              <span class="codicon codicon-file" aria-hidden="true" />
              <span class="label">{label}</span>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

function AssistantTurn({ turn }: { readonly turn: TurnView }) {
  const { status, waitsFor, text, reasoning, error, note, proposal } = turn;
  return (
    <article class={`turn assistant ${status}`} aria-label="GLM Coder">
      {reasoning !== '' && <Reasoning turn={turn} />}
      {(status === 'packing' || status === 'waiting') && (
        <Waiting status={status} {...(waitsFor ? { waitsFor } : {})} />
      )}
      {text !== '' && <Markdown text={text} citations={turn.citations} growing={status === 'streaming'} />}
      {status === 'stopped' && <p class="stopped-mark">{l10n.t('Stopped.')}</p>}
      {error && <ErrorBox error={error} />}
      {proposal && <Proposal proposal={proposal} />}
      {note && <p class="note">{note}</p>}
    </article>
  );
}
