import * as l10n from '@vscode/l10n';
import type { InspectedPack } from '../../extension/protocol/inspector.ts';
import { FirstTokenChart, RecallChart, SpeedChart } from '../diagnostics/charts/probeCharts.tsx';
import { post } from './host.ts';
import type { Numbers } from './words.ts';

/** What a probe has measured of the window that the pack is sent to; where there was none, the way to one. */
export function Measured({ pack, numbers }: { readonly pack: InspectedPack; readonly numbers: Numbers }) {
  const { measured, backend } = pack;
  if (!measured) {
    if (backend.kind === 'embedded') return null;
    return (
      <p class="unmeasured">
        {l10n.t('How much of its window this model really reads was not measured yet.')}{' '}
        <button type="button" class="link" onClick={() => post({ type: 'probe' })}>
          {l10n.t('Measure It…')}
        </button>
      </p>
    );
  }
  const { fills, effectiveWindow } = measured;
  return (
    <details class="measured">
      <summary>
        {effectiveWindow === undefined
          ? l10n.t('Measured: how fast this server reads')
          : l10n.t('Measured: {0} tokens of the window are really read', numbers.count(effectiveWindow))}
      </summary>
      <div class="charts">
        <SpeedChart fills={fills} />
        <FirstTokenChart fills={fills} />
        <RecallChart fills={fills} effectiveWindow={effectiveWindow} />
      </div>
    </details>
  );
}
