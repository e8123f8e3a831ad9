import * as l10n from '@vscode/l10n';
import { post } from './host.ts';
import type { InspectorState } from './state.ts';
import type { Numbers } from './words.ts';

/** What is going on, or what went wrong; one line that screen readers hear of. */
export function Standing({ state, numbers }: { readonly state: InspectorState; readonly numbers: Numbers }) {
  const { packing, trouble, shown } = state;
  return (
    <div class="standing" role="status">
      {packing && (
        <>
          <progress
            aria-label={l10n.t('Packing')}
            {...(packing.total ? { value: packing.done ?? 0, max: packing.total } : {})}
          />
          <span>
            {packing.total
              ? l10n.t(
                  'Reading the repository: {0} of {1} files',
                  numbers.count(packing.done ?? 0),
                  numbers.count(packing.total),
                )
              : l10n.t('Packing…')}
          </span>
          <button type="button" class="button secondary" onClick={() => post({ type: 'stop' })}>
            {l10n.t('Stop')}
          </button>
        </>
      )}
      {trouble?.type === 'stopped' && <span>{l10n.t('Stopped.')}</span>}
      {trouble?.type === 'nothing' && <p class="nothing">{trouble.why}</p>}
      {trouble?.type === 'failed' && (
        <p class="failed">
          <span class="codicon codicon-error" aria-hidden="true" />
          <span>
            {trouble.error.summary} {trouble.error.nextStep}
          </span>
        </p>
      )}
      {!packing &&
        shown?.pack.notes.map((note) => (
          <p class="remark" key={note}>
            <span class="codicon codicon-info" aria-hidden="true" />
            <span>{note}</span>
          </p>
        ))}
    </div>
  );
}
