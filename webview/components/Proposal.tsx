import * as l10n from '@vscode/l10n';
import type { ProposalView } from '../../extension/protocol/chat.ts';
import { post } from '../vscodeApi.ts';

function stateText({ decision, files }: ProposalView): string {
  switch (decision) {
    case 'pending':
      return l10n.t('Proposed edits');
    case 'accepted':
      return l10n.t('Edits accepted');
    case 'rejected':
      return files.length > 0 ? l10n.t('Edits rejected') : l10n.t('No edit can be applied');
  }
}

/** A refactor to be judged: its files, each a diff, and the decision. */
export function Proposal({ proposal }: { readonly proposal: ProposalView }) {
  const { id, decision, files, refused } = proposal;
  return (
    <section class={`proposal ${decision}`} aria-label={l10n.t('Proposed edits')}>
      <h3>{stateText(proposal)}</h3>
      <ul>
        {files.map(({ path, added, removed }) => (
          <li key={path}>
            <button type="button" class="file" onClick={() => post({ type: 'review', proposal: id, path })}>
              <span class="codicon codicon-diff" aria-hidden="true" /> {path}
            </button>
            <span class="added">+{added}</span> <span class="removed">−{removed}</span>
          </li>
        ))}
        {refused.map(({ path, reason }) => (
          <li key={path} class="refused">
            <span class="codicon codicon-warning" aria-hidden="true" /> {path ? `${path}: ${reason}` : reason}
          </li>
        ))}
      </ul>
      {decision === 'pending' && (
        <div class="actions">
          <button type="button" onClick={() => post({ type: 'decide', proposal: id, decision: 'accepted' })}>
            {l10n.t('Accept')}
          </button>
          <button
            type="button"
            class="secondary"
            onClick={() => post({ type: 'decide', proposal: id, decision: 'rejected' })}
          >
            {l10n.t('Reject')}
          </button>
        </div>
      )}
    </section>
  );
}
