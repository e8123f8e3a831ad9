import * as l10n from '@vscode/l10n';
import type { ProposalView } from '../../extension/protocol/chat.ts';
import { post } from '../vscodeApi.ts';

/** Proposed edits: each file opens its diff, and the whole is accepted or rejected. */
export function Proposal({ proposal }: { readonly proposal: ProposalView }) {
  const { id, decision, files, refused } = proposal;
  return (
    <section class="proposal" aria-label={l10n.t('Proposed changes')}>
      {files.length > 0 && (
        <>
          <h3>{files.length === 1 ? l10n.t('1 file to change') : l10n.t('{0} files to change', files.length)}</h3>
          <ul class="proposal-files">
            {files.map((file) => (
              <li key={file.path}>
                <ProposedFile proposal={id} {...file} />
              </li>
            ))}
          </ul>
        </>
      )}
      {refused.length > 0 && <Refused refused={refused} />}
      {files.length > 0 && <Verdict id={id} decision={decision} />}
    </section>
  );
}

type FileView = ProposalView['files'][number];

function ProposedFile({ proposal, path, added, removed }: FileView & { readonly proposal: string }) {
  const cut = path.lastIndexOf('/') + 1;
  return (
    <button
      type="button"
      class="proposal-file"
      title={l10n.t('Show the changes to {0}', path)}
      aria-label={l10n.t('Show the changes to {0}: {1} lines added, {2} removed', path, added, removed)}
      onClick={() => post({ type: 'review', proposal, path })}
    >
      <span class="codicon codicon-diff" aria-hidden="true" />
      <span class="file-name">{path.slice(cut)}</span>
      <span class="folder">{path.slice(0, cut).replace(/\/$/, '')}</span>
      <span class="added">+{added}</span>
      <span class="removed">−{removed}</span>
    </button>
  );
}

function Refused({ refused }: Pick<ProposalView, 'refused'>) {
  return (
    <div class="refused">
      <h3>
        <span class="codicon codicon-warning" aria-hidden="true" />
        {l10n.t('Could not be applied')}
      </h3>
      <ul>
        {refused.map(({ path, reason }) => (
          <li key={`${path}\n${reason}`}>
            <span class="refused-path">{path}</span> <span class="reason">{reason}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Verdict({ id, decision }: Pick<ProposalView, 'id' | 'decision'>) {
  const decide = (wanted: 'accepted' | 'rejected') => () =>
    post({ type: 'decide', proposal: id, decision: wanted, judged: {} });
  switch (decision) {
    case 'pending':
      return (
        <div class="buttons">
          <button type="button" class="button accept" onClick={decide('accepted')}>
            {l10n.t('Accept')}
          </button>
          <button type="button" class="button secondary reject" onClick={decide('rejected')}>
            {l10n.t('Reject')}
          </button>
        </div>
      );
    case 'accepted':
      return (
        <p class="verdict">
          <span class="codicon codicon-check" aria-hidden="true" /> {l10n.t('Accepted')}
        </p>
      );
    case 'rejected':
      return (
        <p class="verdict">
          <span class="codicon codicon-discard" aria-hidden="true" /> {l10n.t('Rejected')}
        </p>
      );
  }
}
