import * as l10n from '@vscode/l10n';
import { createGlm } from '../core/glm.ts';
import type { ProbePlan } from '../core/windowProbe/plan.ts';
import type { FillResult, WindowProbeResult } from '../core/windowProbe/windowProbe.ts';
import { type Context, createPorts, folder, settingsOf, type TalkingOptions } from './host.ts';

/** Options of `probe`. */
export interface ProbeOptions extends TalkingOptions {
  /** Tokens. */
  readonly fill?: readonly number[];
  /** Per cent. */
  readonly depths?: readonly number[];
  readonly seed?: number;
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const number = (value: number): string => Math.round(value).toLocaleString();

/**
 * `probe`: measures the window of what answers on a repository; progress goes to stderr, the result to stdout. Exits with 1
 * where it was interrupted, or no size could be measured.
 */
export async function probe(dir: string, options: ProbeOptions, context: Context): Promise<void> {
  const ports = await createPorts(context, settingsOf(options));
  const glm = createGlm(ports);
  const { fill: fills, depths, seed, json } = options;
  try {
    const request = {
      root: folder(dir),
      ...(fills ? { fills } : {}),
      ...(depths ? { depths } : {}),
      ...(seed === undefined ? {} : { seed }),
    };
    const { plan, run } = await glm.measureWindow(request, context.signal);
    say(planText(plan));
    for await (const event of run(context.signal)) {
      switch (event.type) {
        case 'fill':
          say(l10n.t('{0} of {1}: {2} tokens…', event.at, event.of, number(event.fill)));
          break;
        case 'waiting':
          say(`  ${event.why}`);
          break;
        case 'measured':
          if (event.fill.failure) say(`  ${event.fill.failure}`);
          break;
        case 'done':
          // What was measured is printed all the same, but an end before its time is no success.
          if (context.signal.aborted || event.result.fills.every(({ failure }) => failure)) process.exitCode = 1;
          process.stdout.write(json ? `${JSON.stringify(event.result)}\n` : `${tableText(event.result)}\n`);
          break;
        case 'reading':
          break;
      }
    }
  } finally {
    glm.dispose();
    await ports.packer.keep();
    await ports.dispose();
  }
}

function planText({ backend, requests, promptTokens, cost }: ProbePlan): string {
  const price = cost
    ? l10n.t('about {0}, at most {1}', `$${cost.expected.toFixed(2)}`, `$${cost.most.toFixed(2)}`)
    : l10n.t('nothing is charged for it, as far as is known');
  return l10n.t('{0}: {1} requests, {2} prompt tokens; {3}.', backend, requests, number(promptTokens), price);
}

const percent = (share: number | undefined): string => (share === undefined ? '–' : `${Math.round(100 * share)} %`);
const seconds = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? '–' : (milliseconds / 1_000).toFixed(2);

const cells = ({
  fill,
  promptTokens,
  recall,
  firstTokenCold,
  firstTokenCached,
  tokensPerSecond,
  cachedShare,
}: FillResult): string[] => [
  number(fill),
  promptTokens === undefined ? '–' : number(promptTokens),
  percent(recall?.planted),
  percent(recall?.real),
  String(recall?.questions ?? 0),
  seconds(firstTokenCold),
  seconds(firstTokenCached),
  percent(cachedShare),
  tokensPerSecond === undefined ? '–' : number(tokensPerSecond),
];

/** Columns a character takes: Chinese ones take two. */
const width = (text: string): number => [...text].reduce((sum, each) => sum + (each > '\u2e7f' ? 2 : 1), 0);

/** The result as a table for a terminal. */
function tableText({ fills, effectiveWindow, window, notes }: WindowProbeResult): string {
  const heads = [
    l10n.t('Fill'),
    l10n.t('Tokens there'),
    l10n.t('Planted'),
    l10n.t('Real'),
    l10n.t('Questions'),
    l10n.t('Cold, s'),
    l10n.t('Cached, s'),
    l10n.t('From cache'),
    l10n.t('Tokens/s'),
  ];
  const rows = [heads, ...fills.map(cells)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  const lines = rows.map((row) =>
    row.map((cell, column) => `${' '.repeat((widths[column] ?? 0) - width(cell))}${cell}`).join('  '),
  );
  const verdict =
    effectiveWindow === undefined
      ? l10n.t('Effective window: not known, of {0} tokens', number(window))
      : l10n.t('Effective window: {0} of {1} tokens', number(effectiveWindow), number(window));
  return [...lines, '', verdict, ...notes].join('\n');
}
