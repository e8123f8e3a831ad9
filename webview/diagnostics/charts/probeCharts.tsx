import * as l10n from '@vscode/l10n';
import type { FillResult } from '../../../extension/protocol/windowProbe.ts';
import { percent, seconds, short, whole } from '../figures.ts';
import { LineChart, type Series } from './LineChart.tsx';
import { linearScale, logScale } from './scale.ts';

/** What the charts are drawn from. */
interface ChartProps {
  readonly fills: readonly FillResult[];
  readonly effectiveWindow?: number | undefined;
}

/** The values of a series where there are any; nothing is drawn for what was not measured. */
const points = (fills: readonly FillResult[], of: (fill: FillResult) => number | undefined): Series['points'] =>
  fills.flatMap((each) => {
    const value = of(each);
    return value === undefined ? [] : [{ tokens: each.fill, value }];
  });

const valuesOf = (series: readonly Series[]): number[] =>
  series.flatMap((each) => each.points.map(({ value }) => value));

/** Share of right answers by size, with the effective window. */
export function RecallChart({ fills, effectiveWindow }: ChartProps) {
  const series: Series[] = [
    { name: l10n.t('Planted facts'), mark: 'circle', points: points(fills, ({ recall }) => recall?.planted) },
    { name: l10n.t('Real definitions'), mark: 'square', points: points(fills, ({ recall }) => recall?.real) },
  ];
  if (valuesOf(series).length === 0) return null;
  const label = effectiveWindow === undefined ? '' : l10n.t('effective: {0}', short(effectiveWindow));
  return (
    <LineChart
      title={l10n.t('Right answers')}
      series={series}
      scale={linearScale([], 1)}
      format={percent}
      {...(effectiveWindow === undefined ? {} : { marked: { tokens: effectiveWindow, label } })}
    />
  );
}

/** Time to the first token by size, read anew and from the cache. */
export function FirstTokenChart({ fills }: ChartProps) {
  // The scale has no place for nothing.
  const some = (milliseconds: number | undefined) =>
    milliseconds === undefined ? undefined : Math.max(1, milliseconds);
  const series: Series[] = [
    { name: l10n.t('Cold'), mark: 'circle', points: points(fills, (fill) => some(fill.firstTokenCold)) },
    { name: l10n.t('Cached'), mark: 'square', points: points(fills, (fill) => some(fill.firstTokenCached)) },
  ];
  const values = valuesOf(series);
  if (values.length === 0) return null;
  return (
    <LineChart title={l10n.t('Time to the first token')} series={series} scale={logScale(values)} format={seconds} />
  );
}

/** Tokens that the server reads a second, by size; drawn by the context inspector, too. */
export function SpeedChart({ fills }: ChartProps) {
  const series: Series[] = [
    {
      name: l10n.t('Tokens read a second'),
      mark: 'diamond',
      points: points(fills, ({ tokensPerSecond }) => tokensPerSecond),
    },
  ];
  const values = valuesOf(series);
  if (values.length === 0) return null;
  return (
    <LineChart title={l10n.t('Tokens read a second')} series={series} scale={linearScale(values)} format={whole} />
  );
}
