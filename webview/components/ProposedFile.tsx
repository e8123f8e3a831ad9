import * as l10n from '@vscode/l10n';
import type { FileView } from '../../extension/protocol/chat.ts';
import { showControls } from '../controlCharacters.ts';
import { post } from '../vscodeApi.ts';
import { FileKind, FileName, LineCounts } from './FileName.tsx';
import { Hunks } from './Hunks.tsx';
import { Judge } from './Judge.tsx';

/** Whether something of a file is still to be judged. */
export const isOpen = ({ decision, hunks }: FileView): boolean =>
  decision === 'pending' || (decision === 'partly' && hunks.some((hunk) => hunk.decision === 'pending'));

/** One file of a proposal. */
interface ProposedFileProps {
  readonly proposal: string;
  readonly file: FileView;
  /** The only one of its proposal, so that judging it is judging all. */
  readonly only: boolean;
}

/** A proposed file: a click opens its diff, and it is judged as a whole or change by change. */
export function ProposedFile({ proposal, file, only }: ProposedFileProps) {
  const { path, kind, hunks, problems } = file;
  return (
    <>
      <div class="proposal-head">
        <OpenDiff proposal={proposal} file={file} />
        <div class="proposal-state">
          <FileKind kind={kind} />
          {!only && (
            <Judge
              proposal={proposal}
              judged={{ path }}
              decision={file.decision}
              open={isOpen(file)}
              accept={l10n.t('Accept the changes to {0}', path)}
              reject={l10n.t('Reject the changes to {0}', path)}
              compact
            />
          )}
        </div>
      </div>
      {problems.length > 0 && (
        <ul class="problems" aria-label={l10n.t('Problems')}>
          {problems.map((problem) => (
            <li key={problem}>
              <span class="codicon codicon-warning" aria-hidden="true" />
              <span>{problem}</span>
            </li>
          ))}
        </ul>
      )}
      {hunks.length > 0 && <Hunks proposal={proposal} path={path} hunks={hunks} />}
    </>
  );
}

function OpenDiff({ proposal, file: { path, to, added, removed } }: Pick<ProposedFileProps, 'proposal' | 'file'>) {
  const shown = showControls(to === undefined ? path : `${path} → ${to}`);
  return (
    <button
      type="button"
      class="proposal-file"
      title={l10n.t('Show the changes to {0}', shown)}
      onClick={() => post({ type: 'review', proposal, path })}
    >
      <span class="codicon codicon-diff" aria-hidden="true" />
      <FileName path={path} {...(to === undefined ? {} : { to })} />
      <LineCounts added={added} removed={removed} />
    </button>
  );
}
