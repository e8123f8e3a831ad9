import * as l10n from '@vscode/l10n';
import { detailLevels, reuses } from '../../extension/protocol/inspector.ts';
import { levelName, reuseName } from './words.ts';

/** What the colours and patterns of the picture mean. */
export function Legend({ knowsReuse }: { readonly knowsReuse: boolean }) {
  const sample = (name: string, label: string) => (
    <li key={name}>
      <svg class="sample" viewBox="0 0 14 14" aria-hidden="true">
        <rect class={`area ${name}`} x="1" y="1" width="12" height="12" />
        {name === 'new' && <rect class="hatch" x="1" y="1" width="12" height="12" fill="url(#hatch)" />}
      </svg>
      {label}
    </li>
  );
  return (
    <ul class="legend" aria-label={l10n.t('Legend')}>
      {detailLevels.toReversed().map((level) => sample(level, levelName(level)))}
      {knowsReuse && reuses.map((reuse) => sample(reuse, reuseName(reuse)))}
    </ul>
  );
}
