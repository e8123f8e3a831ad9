import * as l10n from '@vscode/l10n';
import { useContext } from 'preact/hooks';
import type { PlanFileView, PlanView, TurnView } from '../../extension/protocol/chat.ts';
import { showControls } from '../controlCharacters.ts';
import { post } from '../vscodeApi.ts';
import { Chat } from './chatContext.ts';
import { FileKind, FileName } from './FileName.tsx';
import { Markdown } from './Markdown.tsx';

/** How many files of a plan are to be changed, in words. */
export const planTitle = ({ files }: PlanView): string =>
  l10n.t('Plan: {0} of {1} files', files.filter((file) => file.chosen).length, files.length);

/** What the model wants to change: files to tick, and a button that has their edits written. */
export function Plan({ turn, plan }: { readonly turn: TurnView; readonly plan: PlanView }) {
  const { busy, lastAnswer } = useContext(Chat);
  const { summary, files, risks, state } = plan;
  const isMine = lastAnswer === turn.id && !busy && state !== 'written';
  const chosen = files.filter((file) => file.chosen).length;
  return (
    <section class="plan" aria-label={l10n.t('Plan')}>
      {summary !== '' && <Markdown text={summary} citations={turn.citations} growing={false} />}
      <h3>{planTitle(plan)}</h3>
      <ul class="plan-files">
        {files.map((file) => (
          <li key={file.path}>
            <PlanFile turn={turn.id} file={file} fixed={!isMine} />
          </li>
        ))}
      </ul>
      {risks.length > 0 && (
        <>
          <h4>{l10n.t('Risks')}</h4>
          <ul class="plan-risks">
            {risks.map((risk) => (
              <li key={risk}>{showControls(risk)}</li>
            ))}
          </ul>
        </>
      )}
      {isMine && (
        <div class="buttons">
          <button
            type="button"
            class="button"
            disabled={chosen === 0}
            onClick={() => post({ type: 'writePlan', turn: turn.id })}
          >
            {l10n.t('Write the Edits')}
          </button>
          <button type="button" class="button secondary" onClick={() => post({ type: 'addToPlan', turn: turn.id })}>
            {l10n.t('Add a File…')}
          </button>
        </div>
      )}
    </section>
  );
}

/** One file of a plan. */
interface PlanFileProps {
  readonly turn: string;
  readonly file: PlanFileView;
  /** It can be ticked no more. */
  readonly fixed: boolean;
}

function PlanFile({ turn, file: { path, to, kind, what, chosen, problem }, fixed }: PlanFileProps) {
  return (
    <label class={`plan-file ${chosen ? '' : 'unticked'}`}>
      <input
        type="checkbox"
        checked={chosen}
        disabled={fixed || problem !== undefined}
        onChange={(event) => post({ type: 'planFile', turn, path, chosen: event.currentTarget.checked })}
      />
      <span class="plan-words">
        <span class="plan-name" title={showControls(path)}>
          <FileName path={path} {...(to === undefined ? {} : { to })} />
          <FileKind kind={kind} />
        </span>
        {what !== '' && <span class="what">{showControls(what)}</span>}
        {problem !== undefined && (
          <span class="what problem">
            <span class="codicon codicon-warning" aria-hidden="true" />
            {l10n.t('Not to be edited: {0}', problem)}
          </span>
        )}
      </span>
    </label>
  );
}
