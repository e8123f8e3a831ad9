import type { WindowProbeResult } from '../../protocol/windowProbe.ts';
import type { Spent } from '../backend/backend.ts';
import type { NotedFailure } from '../backend/failureRing.ts';
import { type Private, redact } from './redact.ts';

/** What a report is made of. */
export interface ReportFacts {
  /** Names and versions: the extension, the editor, the system. */
  readonly versions: Readonly<Record<string, string>>;
  /** The extension's settings by their names; there are no keys among them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What `doctor` found, in words. */
  readonly lines: readonly string[];
  readonly spent: Spent;
  readonly failures: readonly NotedFailure[];
  readonly probes: readonly WindowProbeResult[];
}

const percent = (share: number | undefined): string => (share === undefined ? '?' : `${Math.round(100 * share)} %`);
const figure = (value: number | undefined): string => (value === undefined ? '?' : String(Math.round(value)));

const probeLines = (probe: WindowProbeResult): string[] => [
  `${probe.backend}, ${probe.measured}: effective ${probe.effectiveWindow ?? 'unknown'} of ${probe.window}`,
  ...probe.fills.map(
    ({ fill, promptTokens, recall, firstTokenCold, firstTokenCached, cachedShare, tokensPerSecond, failure }) =>
      `  ${fill}: ${figure(promptTokens)} tokens, recall ${percent(recall?.all)} of ${recall?.questions ?? 0}, ` +
      `${figure(firstTokenCold)} ms cold, ${figure(firstTokenCached)} ms cached (${percent(cachedShare)}), ` +
      `${figure(tokensPerSecond)} tokens/s${failure ? `; ${failure}` : ''}`,
  ),
  ...probe.notes.map((note) => `  ${note}`),
];

const section = (title: string, lines: readonly string[]): string =>
  `## ${title}\n\n${lines.length > 0 ? lines.join('\n') : '(nothing)'}\n`;

/**
 * Writes a report for whoever helps, in Markdown. Its headings are English, since it leaves the user's hands; nobody's name,
 * folder, host or key is in it.
 */
export function redactedReport(facts: ReportFacts, known: Private): string {
  const { requests, promptTokens, cachedTokens, completionTokens, cost } = facts.spent;
  const share = percent(promptTokens > 0 ? cachedTokens / promptTokens : undefined);
  const text = [
    '# GLM Coder report\n',
    section(
      'Versions',
      Object.entries(facts.versions).map(([name, version]) => `- ${name}: ${version}`),
    ),
    section(
      'Settings',
      Object.entries(facts.settings).map(([name, value]) => `- ${name}: ${JSON.stringify(value)}`),
    ),
    section('What answers', facts.lines),
    section('This session', [
      `${requests} requests, ${promptTokens} tokens in (${share} from cache), ${completionTokens} out, $${cost.toFixed(4)}`,
    ]),
    section('Window probes', facts.probes.flatMap(probeLines)),
    section(
      'Last failures',
      facts.failures.map(({ at, kind, summary }) => `- ${at} ${kind}: ${summary}`),
    ),
  ].join('\n');
  return redact(text, known);
}
