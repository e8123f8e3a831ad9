import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { type Spoken, spokenPieces } from '../spoken.ts';
import { planTitle } from './Plan.tsx';

/** Milliseconds between two additions to what is spoken: it comes in sentences, and not with every token. */
const pause = 1_000;

/** Tells screen readers what happens: what is waited for, then the answer, a few sentences at a time. */
export function Announcer({ turn }: { readonly turn: TurnView | undefined }) {
  const answer = turn?.role === 'assistant' ? turn : undefined;
  return (
    <>
      <div class="visually-hidden" role="status" aria-live="polite">
        {answer ? stateOf(answer) : ''}
      </div>
      {/* Only what is added is spoken. */}
      <div class="visually-hidden spoken" aria-live="polite" aria-atomic="false" aria-relevant="additions">
        {answer && <Sentences key={answer.id} turn={answer} />}
      </div>
    </>
  );
}

/** The sentences of an answer that was being written while it was on the page; one that was there before is not read out. */
function Sentences({ turn: { text, status } }: { readonly turn: TurnView }) {
  const isOver = status === 'done' || status === 'stopped' || status === 'failed';
  const [wasThere] = useState(isOver);
  const [pieces, setPieces] = useState<readonly string[]>([]);
  const spoken = useRef<Spoken>(undefined);
  const last = useRef(0);

  useEffect(() => {
    if (wasThere) return;
    const speak = () => {
      last.current = performance.now();
      spoken.current = spokenPieces(text, isOver, document.documentElement.lang, spoken.current?.blocks);
      const all = spoken.current.pieces;
      setPieces((before) => (all.length === before.length ? before : all));
    };
    const wait = isOver ? 0 : last.current + pause - performance.now();
    if (wait <= 0) return speak();
    const timer = setTimeout(speak, wait);
    return () => clearTimeout(timer);
  }, [text, isOver]);

  return pieces.map((piece, at) => <p key={at}>{piece}</p>);
}

function stateOf({ status, error, plan, proposal, tools, citations, survey }: TurnView): string {
  if (status === 'waiting' && survey?.state === 'asking') {
    return l10n.t('This question is about every file, and they do not fit into one request.');
  }
  switch (status) {
    case 'packing':
      return l10n.t('Reading the repository…');
    case 'waiting':
      if (tools?.at(-1)?.state === 'running') return l10n.t('Using the tool {0}…', tools.at(-1)?.name ?? '');
      return l10n.t('Waiting for the model…');
    case 'streaming':
      return l10n.t('The model is answering…');
    case 'stopped':
      return l10n.t('Stopped.');
    case 'failed':
      return error ? `${error.summary} ${error.nextStep}` : '';
    case 'done':
      if (proposal?.decision === 'accepted') return l10n.t('Accepted');
      if (proposal?.decision === 'rejected') return l10n.t('Rejected');
      if (proposal?.decision === 'partly') return l10n.t('Partly accepted');
      if (plan && !proposal) return planTitle(plan);
      return proposal ? l10n.t('Proposed changes') : `${l10n.t('The answer is complete.')}${wrongPlaces(citations)}`;
  }
}

/** How many of the cited places are wrong; nothing where all are right. */
function wrongPlaces(citations: TurnView['citations']): string {
  const wrong = citations.filter(({ status }) => status === 'wrong').length;
  return wrong === 0 ? '' : ` ${l10n.t('{0} of {1} cited places were not found.', wrong, citations.length)}`;
}
