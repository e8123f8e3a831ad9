import * as l10n from '@vscode/l10n';
import type { WindowProbeResult } from '../../extension/protocol/windowProbe.ts';
import { FirstTokenChart, RecallChart, SpeedChart } from './charts/probeCharts.tsx';
import { DepthGrid, FillTable } from './charts/tables.tsx';
import { whole } from './figures.ts';

/** What a probe has found: the effective window in words, the charts, and the figures behind them. */
export function ProbeResult({ result }: { readonly result: WindowProbeResult }) {
  const { backend, fills, window, effectiveWindow, notes, measured } = result;
  const when = measured && new Date(measured).toLocaleString(document.documentElement.lang);
  return (
    <>
      {when && (
        <p class="verdict">
          {effectiveWindow === undefined
            ? l10n.t('Effective window: not known, of {0} tokens', whole(window))
            : l10n.t('Effective window: {0} of {1} tokens', whole(effectiveWindow), whole(window))}
        </p>
      )}
      <p class="quiet">
        {backend}
        {when && `, ${when}`}
      </p>
      {notes.map((note) => (
        <p key={note} class="note">
          <span class="codicon codicon-info" aria-hidden="true" /> {note}
        </p>
      ))}
      {fills.length > 0 && (
        <>
          <div class="charts">
            <RecallChart fills={fills} effectiveWindow={effectiveWindow} />
            <FirstTokenChart fills={fills} />
            <SpeedChart fills={fills} />
            <DepthGrid fills={fills} />
          </div>
          <FillTable fills={fills} />
        </>
      )}
    </>
  );
}
