import * as l10n from '@vscode/l10n';
import type { FileView } from '../../extension/protocol/chat.ts';
import { showControls } from '../controlCharacters.ts';
import { post } from '../vscodeApi.ts';
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
          {kind !== 'change' && <span class={`kind ${kind}`}>{nameOf(kind)}</span>}
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
  const target = showControls(to ?? path);
  const cut = target.lastIndexOf('/') + 1;
  return (
    <button
      type="button"
      class="proposal-file"
      title={l10n.t('Show the changes to {0}', shown)}
      onClick={() => post({ type: 'review', proposal, path })}
    >
      <span class="codicon codicon-diff" aria-hidden="true" />
      {to !== undefined && <span class="file-name old">{`${showControls(nameIn(path))} →`}</span>}
      <span class="file-name">{target.slice(cut)}</span>
      <span class="folder">{target.slice(0, cut).replace(/\/$/, '')}</span>
      <span class="added" aria-hidden="true">
        +{added}
      </span>
      <span class="removed" aria-hidden="true">
        −{removed}
      </span>
      <span class="visually-hidden">{l10n.t('{0} lines added, {1} removed', added, removed)}</span>
    </button>
  );
}

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function nameOf(kind: 'make' | 'delete' | 'rename'): string {
  switch (kind) {
    case 'make':
      return l10n.t('New');
    case 'delete':
      return l10n.t('Deleted');
    case 'rename':
      return l10n.t('Renamed');
  }
}
