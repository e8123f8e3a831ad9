import * as l10n from '@vscode/l10n';
import { useMemo, useState } from 'preact/hooks';
import { FileTable } from './FileTable.tsx';
import { post } from './host.ts';
import { Legend } from './Legend.tsx';
import { Measured } from './Measured.tsx';
import { SourceBar } from './SourceBar.tsx';
import { Standing } from './Standing.tsx';
import { Summary } from './Summary.tsx';
import type { InspectorState } from './state.ts';
import { Treemap } from './Treemap.tsx';
import { numbersIn } from './words.ts';

/** The whole page; empty until the host has told what there is to choose. */
export function App({ state }: { readonly state: InspectorState }) {
  const { choices, shown, language, packing } = state;
  const numbers = useMemo(() => numbersIn(language), [language]);
  const [chosen, choose] = useState<{ readonly path: string }>();
  if (!choices) return null;
  return (
    <main aria-busy={packing !== undefined}>
      <SourceBar choices={choices} />
      <Standing state={state} numbers={numbers} />
      {shown && (
        <>
          <Summary pack={shown.pack} rows={shown.rows} numbers={numbers} />
          <Measured pack={shown.pack} numbers={numbers} />
          {shown.pack.tokens > 0 && (
            <section class="picture" aria-label={l10n.t('Picture of the budget')}>
              <Treemap
                rows={shown.rows}
                total={shown.pack.tokens}
                numbers={numbers}
                choose={(path) => choose({ path })}
              />
              <Legend knowsReuse={shown.pack.cached !== undefined} />
            </section>
          )}
          <section class="files" aria-label={l10n.t('Files')}>
            <FileTable rows={shown.rows} total={shown.pack.tokens} numbers={numbers} chosen={chosen} />
          </section>
          <footer class="buttons">
            <button type="button" class="button secondary" onClick={() => post({ type: 'openText' })}>
              <span class="codicon codicon-file-text" aria-hidden="true" />
              {l10n.t('Open the Text')}
            </button>
            {(shown.pack.decisions.pinned.length > 0 ||
              shown.pack.decisions.excluded.length > 0 ||
              Object.keys(shown.pack.decisions.levels).length > 0) && (
              <button
                type="button"
                class="button secondary"
                onClick={() => post({ type: 'steer', how: 'reset', path: '' })}
              >
                <span class="codicon codicon-discard" aria-hidden="true" />
                {l10n.t('Forget All Decisions')}
              </button>
            )}
          </footer>
        </>
      )}
    </main>
  );
}
