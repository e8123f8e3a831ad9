import * as l10n from '@vscode/l10n';
import { useContext, useState } from 'preact/hooks';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { showControls } from '../controlCharacters.ts';
import { AnswerBody } from './AnswerBody.tsx';
import { ArrivingEdits } from './ArrivingEdits.tsx';
import { Coverage } from './Coverage.tsx';
import { Chat } from './chatContext.ts';
import { ErrorBox } from './ErrorBox.tsx';
import { Missing } from './Missing.tsx';
import { Plan } from './Plan.tsx';
import { Proposal } from './Proposal.tsx';
import { QuestionEditor } from './QuestionEditor.tsx';
import { Reasoning } from './Reasoning.tsx';
import { Survey } from './Survey.tsx';
import { AnswerActions, QuestionActions } from './TurnActions.tsx';
import { Waiting } from './Waiting.tsx';

/** What one message of the conversation consists of. */
export function Turn({ turn }: { readonly turn: TurnView }) {
  return turn.role === 'user' ? <Question turn={turn} /> : <Answer turn={turn} />;
}

function Question({ turn }: { readonly turn: TurnView }) {
  const [editing, setEditing] = useState<'no' | 'yes' | 'cancelled'>('no');
  if (editing === 'yes') {
    return <QuestionEditor turn={turn} onSent={() => setEditing('no')} onCancel={() => setEditing('cancelled')} />;
  }
  return (
    <>
      <div class="question">{showControls(turn.text)}</div>
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
      <QuestionActions turn={turn} returns={editing === 'cancelled'} onEdit={() => setEditing('yes')} />
    </>
  );
}

function Answer({ turn }: { readonly turn: TurnView }) {
  const { id, status, waitsFor, reasoning, error, note, plan, proposal, coverage, missing, survey } = turn;
  const { busy, lastAnswer } = useContext(Chat);
  const canAsk = id === lastAnswer && !busy;
  const isUnderWay = status === 'packing' || status === 'waiting' || status === 'streaming';
  const [planning, writing] = divided(turn, plan?.length ?? 0);
  return (
    <>
      {reasoning !== '' && <Reasoning turn={turn} />}
      {plan && <AnswerBody turn={{ ...planning, text: '' }} />}
      {plan && <Plan turn={turn} plan={plan} />}
      {survey && <Survey survey={survey} waits={status === 'waiting'} />}
      <AnswerBody turn={writing} />
      {(status === 'packing' || status === 'waiting') && survey?.state !== 'asking' && survey?.state !== 'reading' && (
        <Waiting status={status} {...(waitsFor ? { waitsFor } : {})} />
      )}
      {isUnderWay && <ArrivingEdits turn={turn.id} />}
      {status === 'stopped' && <p class="stopped-mark">{l10n.t('Stopped.')}</p>}
      {error && <ErrorBox error={error} />}
      {proposal && <Proposal proposal={proposal} />}
      {missing && <Missing missing={missing} coverage={coverage} canAsk={canAsk} />}
      {coverage && <Coverage turn={id} coverage={coverage} canAsk={canAsk} />}
      {note && <p class="note">{note}</p>}
      <AnswerActions turn={turn} />
    </>
  );
}

/** An answer up to a place in its text, and from there on, with the tools that were used in each part. */
function divided(turn: TurnView, at: number): readonly [TurnView, TurnView] {
  if (at === 0) return [{ ...turn, text: '' }, turn];
  const { text, tools = [] } = turn;
  const later = tools.filter(({ after }) => after > at).map((use) => ({ ...use, after: use.after - at }));
  const before = { ...turn, text: text.slice(0, at), tools: tools.filter(({ after }) => after <= at) };
  return [before, { ...turn, text: text.slice(at), tools: later }];
}
