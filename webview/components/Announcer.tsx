import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { toBlocks } from '../markdown/blocks.ts';
import { textOf } from '../markdown/tree.ts';
import { planTitle } from './Plan.tsx';

/** Tells screen readers what happens: what is waited for, then the whole answer at once. */
export function Announcer({ turn }: { readonly turn: TurnView | undefined }) {
  const message = useMemo(() => (turn?.role === 'assistant' ? announcement(turn) : ''), [turn]);
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {message}
    </div>
  );
}

function announcement({ status, text, error, plan, proposal, tools }: TurnView): string {
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
      if (plan && !proposal) return `${spoken(plan.summary)}\n${planTitle(plan)}`;
      return spoken(text);
  }
}

/** How much of an answer is spoken, in characters; the rest is read where it stands. */
const longestSpoken = 20_000;

/** An answer without its marks, and without its code, which is read line by line where it stands. */
function spoken(text: string): string {
  const { finished, open } = toBlocks(text.slice(0, longestSpoken));
  return [...finished, ...open]
    .map(({ nodes }) =>
      nodes.some((node) => typeof node === 'object' && (node.kind === 'code' || node.kind === 'edit'))
        ? l10n.t('Code block.')
        : textOf(nodes),
    )
    .join('\n');
}
