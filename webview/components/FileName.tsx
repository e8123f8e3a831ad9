import * as l10n from '@vscode/l10n';
import type { FileView } from '../../extension/protocol/chat.ts';
import { showControls } from '../controlCharacters.ts';

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A path with the name first, as lists of VS Code show it; of a file that is renamed, both names. */
export function FileName({ path, to }: { readonly path: string; readonly to?: string }) {
  const target = showControls(to ?? path);
  const cut = target.lastIndexOf('/') + 1;
  return (
    <>
      {to !== undefined && <span class="file-name old">{`${showControls(nameIn(path))} →`}</span>}
      <span class="file-name">{target.slice(cut)}</span>
      <span class="folder">{target.slice(0, cut).replace(/\/$/, '')}</span>
    </>
  );
}

/** How many lines come and go. */
export function LineCounts({ added, removed }: Pick<FileView, 'added' | 'removed'>) {
  return (
    <>
      <span class="added" aria-hidden="true">
        +{added}
      </span>
      <span class="removed" aria-hidden="true">
        −{removed}
      </span>
      <span class="visually-hidden">{l10n.t('{0} lines added, {1} removed', added, removed)}</span>
    </>
  );
}

/** What becomes of a file, where it is more than a change. */
export function FileKind({ kind }: Pick<FileView, 'kind'>) {
  return kind === 'change' ? null : <span class={`kind ${kind}`}>{nameOf(kind)}</span>;
}

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
