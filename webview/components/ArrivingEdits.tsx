import * as l10n from '@vscode/l10n';
import { useContext } from 'preact/hooks';
import type { ArrivingFile } from '../../extension/protocol/chat.ts';
import { showControls } from '../controlCharacters.ts';
import { ArrivingFiles } from './arrivingFiles.ts';
import { FileKind, FileName, LineCounts } from './FileName.tsx';

/** The edits of an answer while it arrives; the proposal takes their place. */
export function ArrivingEdits({ turn }: { readonly turn: string }) {
  const arriving = useContext(ArrivingFiles);
  if (arriving?.id !== turn || arriving.files.length === 0) return null;
  return (
    <section class="arriving" aria-label={l10n.t('Edits so far')}>
      <h3>{l10n.t('Edits so far')}</h3>
      <ul>
        {arriving.files.map((file) => (
          <li key={file.path} title={showControls(file.to === undefined ? file.path : `${file.path} → ${file.to}`)}>
            <State state={file.state} />
            <FileName path={file.path} {...(file.to === undefined ? {} : { to: file.to })} />
            <FileKind kind={file.kind} />
            <LineCounts added={file.added} removed={file.removed} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function State({ state }: Pick<ArrivingFile, 'state'>) {
  const [icon, words] = {
    writing: ['loading', l10n.t('Being written')],
    applied: ['check', l10n.t('Fits')],
    refused: ['warning', l10n.t('Does not fit; it will be asked for again')],
  }[state];
  return (
    <span class={`arriving-state ${state}`} title={words}>
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
      <span class="visually-hidden">{words}</span>
    </span>
  );
}
