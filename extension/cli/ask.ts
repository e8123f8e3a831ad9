import * as l10n from '@vscode/l10n';
import type { Backend, Usage } from '../core/backend/backend.ts';
import { sumOfUsages } from '../core/backend/usages.ts';
import { type Citation, withVerdicts } from '../core/conversation/citations/citation.ts';
import { coverageOf } from '../core/conversation/coverage.ts';
import type { MissingEvidence } from '../core/conversation/evidence/missing.ts';
import type { SurveyPlan } from '../core/conversation/mapReduce/plan.ts';
import type { SurveyEvent } from '../core/conversation/mapReduce/survey.ts';
import type { ToolEvent } from '../core/conversation/toolLoop.ts';
import { createGlm } from '../core/glm.ts';
import { failureText, UsageFailure } from './failureText.ts';
import { type Context, createPorts, folder, settingsOf, type TalkingOptions } from './host.ts';
import { createStatusLine } from './statusLine.ts';

type Coverage = NonNullable<ReturnType<typeof coverageOf>>;

/** Options of `ask`. */
export interface AskOptions extends TalkingOptions {
  /** Lets the model look into the repository. */
  readonly tools?: boolean;
  /** Every file is read, in as many requests as that takes. */
  readonly everything?: boolean;
}

/** What a call came to, on one line. */
function told({ use }: ToolEvent & { type: 'tool' }): string {
  const { name, arguments: json, state, tokens = 0, result = '' } = use;
  const what = state === 'refused' ? result.replace(/\s+/g, ' ') : l10n.t('{0} tokens', tokens.toLocaleString());
  return `${name} ${json.replace(/\s+/g, ' ')}: ${what}\n`;
}

const again = (milliseconds: number): string =>
  l10n.t('Trying again in {0} s…', Math.max(1, Math.round(milliseconds / 1_000)));

/** What came of one part. */
interface PartResult {
  readonly files: number;
  readonly tokens: number;
  readonly first: string;
  readonly last: string;
  readonly state: 'queued' | 'found' | 'nothing' | 'failed';
  readonly why?: string;
}

/** Tells what it will take, before it starts. */
function announce({ files, parts, requests, tokens, cost }: SurveyPlan): void {
  const size = l10n.t(
    '{0} files in {1} parts: {2} requests and about {3} tokens.',
    files.toLocaleString(),
    parts.length,
    requests,
    tokens.toLocaleString(),
  );
  const price = cost === undefined ? '' : ` ${l10n.t('About {0}.', `$${cost.toFixed(4)}`)}`;
  process.stderr.write(`${size}${price}\n`);
}

/**
 * `ask`: streams the answer to a question about a repository. JSON comes whole, at the end; where it fails before, with what
 * there was by then and the `error`.
 */
export async function ask(dir: string, question: string, options: AskOptions, context: Context): Promise<void> {
  if (question.trim() === '') throw new UsageFailure(l10n.t('There is no question.'));
  const ports = await createPorts(context, settingsOf(options));
  const glm = createGlm(ports);
  const say = (text: string) => options.json || process.stdout.write(text);
  let answer = '';
  let citations: readonly Citation[] = [];
  let usage: Usage | undefined;
  let coverage: Coverage | undefined;
  let missing: MissingEvidence | undefined;
  const status = createStatusLine(process.stderr);
  const parts: PartResult[] = [];
  let files = 0;

  function take(event: SurveyEvent, backend: Pick<Backend, 'window' | 'prices'>): void {
    switch (event.type) {
      case 'text':
        answer += event.text;
        say(event.text);
        return;
      case 'take-back':
        answer = '';
        citations = [];
        say('\n---\n');
        return;
      case 'merging':
        answer = '';
        citations = [];
        say(`\n---\n\n`);
        return;
      case 'plan':
        announce(event.plan);
        files = event.plan.files;
        parts.push(...event.plan.parts.map((part) => ({ ...part, state: 'queued' as const })));
        return;
      case 'part': {
        const part = parts[event.part - 1];
        if (!part || event.state === 'reading' || event.state === 'waiting') return;
        const why = event.state === 'failed' ? { why: event.why } : {};
        parts[event.part - 1] = { ...part, state: event.state, ...why };
        process.stderr.write(`${l10n.t('Part {0} of {1}', event.part, parts.length)}: ${stateText(event)}\n`);
        return;
      }
      case 'packed':
        coverage = coverageOf(event.pack, backend);
        return;
      case 'citations':
        citations = withVerdicts(citations, event.citations);
        return;
      case 'missing':
        missing = event.missing;
        return;
      case 'usage':
        usage = usage ? sumOfUsages([usage, event.usage]) : event.usage;
        return;
      case 'tool':
        if (event.use.state === 'running') return;
        process.stderr.write(told(event));
        if (answer === '' || answer.endsWith('\n\n')) return;
        answer += '\n\n';
        say('\n\n');
        return;
      case 'waiting':
        process.stderr.write(`${event.why} ${again(event.milliseconds)}\n`);
        return;
      case 'tools-ended':
        process.stderr.write(`${event.why}\n`);
    }
  }

  function print(error?: string): void {
    if (parts.length > 0) coverage = coverageOfParts(parts, files);
    const read = { ...(coverage ? { coverage } : {}), ...(missing ? { missing } : {}) };
    const rest = { ...(options.everything ? { parts } : {}), ...(error === undefined ? {} : { error }) };
    process.stdout.write(`${JSON.stringify({ answer, citations, usage, ...read, ...rest })}\n`);
  }

  try {
    const tools = options.tools === true;
    const request = { root: folder(dir), question, messages: [{ role: 'user', content: question }], tools } as const;
    const { backend } = await glm.probe(context.signal);
    const events = options.everything
      ? glm.everything({ ...request, confirm: async () => 'all' }, context.signal)
      : glm.ask(request, context.signal);
    for await (const event of events) {
      status.hear(event);
      take(event, backend);
    }
    status.clear();
    if (options.json) {
      print();
      return;
    }
    say('\n');
    for (const citation of citations) say(`${verdictLine(citation)}\n`);
    for (const what of missing?.what ?? []) say(`${l10n.t('Missing from what was read')}: ${what}\n`);
  } catch (error) {
    status.clear();
    if (options.json) print(failureText(error, context.signal));
    throw error;
  } finally {
    glm.dispose();
    await ports.dispose();
  }
}

const placeOf = ({ path, startLine, endLine }: Pick<Citation, 'path' | 'startLine' | 'endLine'>): string =>
  `${path}:${startLine}-${endLine}`;

/** One verdict: `✓ place`, `→ place → where it is (why)`, or `✗ place (why)`. */
function verdictLine(citation: Citation): string {
  const { status, to, reason } = citation;
  const why = reason === undefined ? '' : ` (${reason})`;
  if (status === 'verified') return `✓ ${placeOf(citation)}`;
  return to ? `→ ${placeOf(citation)} → ${placeOf(to)}${why}` : `✗ ${placeOf(citation)}${why}`;
}
function stateText(event: Extract<SurveyEvent, { type: 'part' }>): string {
  if (event.state === 'failed') return event.why;
  return event.state === 'found' ? l10n.t('found something') : l10n.t('found nothing');
}

/** What was read of so many files where every one is asked about; a large one may be in several parts. */
function coverageOfParts(parts: readonly PartResult[], files: number): Coverage {
  const unread = parts.filter(({ state }) => state === 'failed' || state === 'queued');
  const sumOf = (some: readonly PartResult[], what: 'files' | 'tokens') =>
    some.reduce((sum, part) => sum + part[what], 0);
  const wholeTokens = sumOf(parts, 'tokens');
  return {
    ...{ tokens: wholeTokens - sumOf(unread, 'tokens'), wholeTokens },
    ...{ files, whole: Math.max(0, files - sumOf(unread, 'files')), inPart: 0, nameOnly: 0 },
    ...{ leftOut: [], canWiden: false },
  };
}
