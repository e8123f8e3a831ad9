import * as l10n from '@vscode/l10n';
import type { ProposalView } from '../../extension/protocol/chat.ts';
import { Judge } from './Judge.tsx';
import { isOpen, ProposedFile } from './ProposedFile.tsx';

/** Above so many files, the buttons stand below them as well. */
const longList = 4;

/** Proposed edits: each file opens its diff; all of it, a file or a single change is accepted or rejected. */
export function Proposal({ proposal }: { readonly proposal: ProposalView }) {
  const { id, files, refused, isChecking, decision } = proposal;
  return (
    <section class="proposal" aria-label={l10n.t('Proposed changes')}>
      {files.length > 0 && (
        <>
          <h3>{files.length === 1 ? l10n.t('1 file to change') : l10n.t('{0} files to change', files.length)}</h3>
          <JudgeAll proposal={proposal} />
          {isChecking && decision === 'pending' && (
            <p class="checking" role="status">
              {l10n.t('Looking for new problems…')}
            </p>
          )}
          <ul class="proposal-files">
            {files.map((file) => (
              <li key={file.path}>
                <ProposedFile proposal={id} file={file} only={files.length === 1} />
              </li>
            ))}
          </ul>
        </>
      )}
      {refused.length > 0 && <Refused refused={refused} />}
      {files.length > longList && <JudgeAll proposal={proposal} />}
    </section>
  );
}

function JudgeAll({ proposal: { id, decision, files } }: { readonly proposal: ProposalView }) {
  const isBegun = decision === 'partly' || files.some((file) => file.decision !== 'pending');
  const [accept, reject] = isBegun
    ? [l10n.t('Accept the Rest'), l10n.t('Reject the Rest')]
    : files.length === 1
      ? [l10n.t('Accept'), l10n.t('Reject')]
      : [l10n.t('Accept All'), l10n.t('Reject All')];
  const open = decision === 'pending' || (decision === 'partly' && files.some(isOpen));
  return <Judge proposal={id} judged={{}} decision={decision} open={open} accept={accept} reject={reject} />;
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
