import { short } from '../figures.ts';
import { doublingScale, type Scale } from './scale.ts';

/** The sign of a series, so that it is not told by its colour alone. */
export type Mark = 'circle' | 'square' | 'diamond';

/** Values that belong together. */
export interface Series {
  readonly name: string;
  readonly mark: Mark;
  /** By tokens, ascending. */
  readonly points: readonly { readonly tokens: number; readonly value: number }[];
}

/** What a chart shows. */
interface LineChartProps {
  readonly title: string;
  readonly series: readonly Series[];
  readonly scale: Scale;
  /** Writes a value for its axis. */
  readonly format: (value: number) => string;
  /** A size to be pointed out, with what it is. */
  readonly marked?: { readonly tokens: number; readonly label: string };
}

const size = { width: 420, height: 220, left: 52, right: 14, top: 16, bottom: 26 };
const plot = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };
const yOf = (share: number): number => size.top + plot.height * (1 - share);

function Sign({ mark, x, y }: { readonly mark: Mark; readonly x: number; readonly y: number }) {
  if (mark === 'circle') return <circle cx={x} cy={y} r={3.5} />;
  const turn = mark === 'diamond' ? `rotate(45 ${x} ${y})` : undefined;
  return <rect x={x - 3} y={y - 3} width={6} height={6} transform={turn} />;
}

/** Lines against tokens. The figures stand in a table beside it, so that a screen reader hears its title alone. */
export function LineChart({ title, series, scale, format, marked }: LineChartProps) {
  const drawn = series.filter(({ points }) => points.length > 0);
  const sizes = doublingScale(drawn.flatMap(({ points }) => points.map(({ tokens }) => tokens)));
  const xOf = (tokens: number): number => size.left + plot.width * (0.04 + 0.92 * sizes.at(tokens));
  // Labels of sizes that stand close together would lie over each other.
  const labelled = sizes.ticks.filter((tick, i) => {
    const next = sizes.ticks[i + 1];
    return next === undefined || xOf(next) - xOf(tick) > 34;
  });
  const isMarked = marked !== undefined && sizes.ticks.includes(marked.tokens);
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={title}>
        {scale.ticks.map((tick) => (
          <g key={tick} class="tick">
            <line x1={size.left} x2={size.width - size.right} y1={yOf(scale.at(tick))} y2={yOf(scale.at(tick))} />
            <text x={size.left - 6} y={yOf(scale.at(tick)) + 4} text-anchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {labelled.map((tick) => (
          <text key={tick} class="axis" x={xOf(tick)} y={size.height - 8} text-anchor="middle">
            {short(tick)}
          </text>
        ))}
        {isMarked && (
          <g class="marked">
            <line x1={xOf(marked.tokens)} x2={xOf(marked.tokens)} y1={size.top} y2={size.height - size.bottom} />
            <text
              x={xOf(marked.tokens) + (sizes.at(marked.tokens) > 0.5 ? -5 : 5)}
              y={size.height - size.bottom - 6}
              text-anchor={sizes.at(marked.tokens) > 0.5 ? 'end' : 'start'}
            >
              {marked.label}
            </text>
          </g>
        )}
        {drawn.map(({ name, mark, points }) => (
          <g key={name} class={`series ${mark}`}>
            <polyline points={points.map(({ tokens, value }) => `${xOf(tokens)},${yOf(scale.at(value))}`).join(' ')} />
            {points.map(({ tokens, value }) => (
              <Sign key={tokens} mark={mark} x={xOf(tokens)} y={yOf(scale.at(value))} />
            ))}
          </g>
        ))}
      </svg>
      {drawn.length > 1 && (
        <ul class="legend">
          {drawn.map(({ name, mark }) => (
            <li key={name}>
              <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" class={`series ${mark}`}>
                <Sign mark={mark} x={6} y={6} />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}
