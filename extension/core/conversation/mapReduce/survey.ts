import * as l10n from '@vscode/l10n';
import type { ChatMessage, StreamEvent } from '../../backend/backend.ts';
import { BackendError } from '../../backend/backendError.ts';
import { helpsToMove } from '../../backend/failover.ts';
import { patient, retrying } from '../../backend/retry.ts';
import { orAborted } from '../../context/orAborted.ts';
import type { PackRequest } from '../../pack.ts';
import type { Packer, Partition } from '../../ports.ts';
import type { Citation } from '../citations/citation.ts';
import { withEvidence } from '../evidence/evidence.ts';
import { packBudget } from '../packBudget.ts';
import { rulesWithout } from '../rules.ts';
import { telling } from '../telling.ts';
import { runTurn, type Turn, type TurnEvent, type TurnPorts } from '../turn.ts';
import { answerText, createUsageSum, type UsageSum } from './answerText.ts';
import { inGroups } from './groups.ts';
import { type PartEvent, readPart } from './part.ts';
import { planSurvey, type SurveyPlan } from './plan.ts';
import { askMerge, type Finding, mergeDuty } from './prompts.ts';

/** What the user says to a plan: go on, or answer from the files that match best instead. */
export type SurveyDecision = 'all' | 'best';

/** What asking about every file streams: the events of a turn, and how far it is. */
export type SurveyEvent =
  | TurnEvent
  /** What it would take. Nothing was sent yet; the decision is waited for. */
  | { readonly type: 'plan'; readonly plan: SurveyPlan }
  | PartEvent
  /** All parts were asked: the text and the citations so far are those of what they found, and the answer follows. */
  | { readonly type: 'merging' };

/** A question about every file. */
export interface Survey extends Omit<Turn, 'toPack' | 'pack'> {
  readonly toPack: PackRequest;
  /** The rules of the request that puts the findings together. */
  readonly mergeRules: string;
  /** Asked before anything is sent, where it takes more than one request. */
  readonly confirm: (plan: SurveyPlan) => Promise<SurveyDecision>;
}

/** What it works with. */
export interface SurveyPorts extends Omit<TurnPorts, 'packer'> {
  readonly packer: Packer;
}

/** The rules of the request that puts the findings together. */
export const rulesOfMerge = (projectRules: string | undefined): string => rulesWithout(mergeDuty, projectRules);

/** Requests under way at once: servers of one's own read one prompt after the other anyway. */
const atOnce = { hosted: 2, local: 1, embedded: 1 } as const;

/** Failures that the other parts do not share although another backend might answer. */
const passing: readonly string[] = ['server', 'timeout', 'overloaded'];

/** Whether the other parts would fail in the same way. */
const isForAll = (error: unknown): boolean => helpsToMove(error) && !passing.includes(error.kind);

/** Tokens of a server's templates, beside what is counted. */
const template = 200;

/**
 * Asks about everything that a repository holds: divides it into parts, says what that takes, asks each part, and puts
 * together what they found. A repository that is one part is asked like any other question.
 * Returns `best` where the user wants that instead.
 * @throws BackendError where no part could be asked or all would fail alike; the signal's reason when aborted. What was
 * found by then has been streamed.
 */
export async function* runSurvey(
  survey: Survey,
  ports: SurveyPorts,
  outer: AbortSignal,
): AsyncGenerator<SurveyEvent, SurveyDecision> {
  // Whoever abandons the iteration stops what is under way.
  const abandoned = new AbortController();
  const signal = AbortSignal.any([outer, abandoned.signal]);
  try {
    return yield* divideAndAsk(survey, ports, signal);
  } finally {
    abandoned.abort();
  }
}

async function* divideAndAsk(
  survey: Survey,
  ports: SurveyPorts,
  signal: AbortSignal,
): AsyncGenerator<SurveyEvent, SurveyDecision> {
  const { backend, packer, calibration, tokenizer } = ports;
  const { rules, messages, toPack, confirm } = survey;
  const maxTokens = Math.min(survey.maxTokens, Math.floor(backend.window / 4));
  // In our own tokens, as packs are counted.
  const window = Math.floor(backend.window / calibration.factor(backend));
  const counts = await tokenizer.count([rules, ...messages.map(({ content }) => content)], signal);
  const beside = counts.reduce((sum, count) => sum + count, template);
  const budget = Math.min(
    packBudget(toPack.budget, window, survey.maxTokens),
    Math.max(1_000, window - maxTokens - beside),
  );

  yield { type: 'packing' };
  const partition = yield* telling<SurveyEvent, Partition>((tell) =>
    packer.partition({ ...toPack, budget }, signal, (stage) => tell({ type: 'packing', stage })),
  );
  if (partition.parts.length <= 1) {
    yield* askInOne(survey, { ...ports, budget }, partition, signal);
    return 'all';
  }

  const plan = planSurvey(partition, beside, backend);
  yield { type: 'plan', plan };
  const decision = await orAborted(confirm(plan), signal);
  if (decision !== 'all') return decision;
  yield* mapAndMerge(survey, { ...ports, budget, maxTokens, window }, partition, signal);
  return 'all';
}

/** Asks about a repository that is one part, or none, as in any other turn; its pack can be kept. */
async function* askInOne(
  survey: Survey,
  ports: SurveyPorts & Pick<Sizes, 'budget'>,
  { parts: [plan], files, tokens, leftOut }: Partition,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent> {
  const { packer, budget } = ports;
  const { toPack, question } = survey;
  const made = plan && (await packer.part({ root: toPack.root, plan, budget }, signal));
  const pack = made && { ...made, repository: { files, tokens, leftOut } };
  if (pack) yield { type: 'packed', pack };
  const events = runTurn({ ...survey, ...(pack ? { pack } : {}) }, ports, signal);
  yield* withEvidence(events, { packer, question, request: toPack, pack }, signal);
}

interface Sizes {
  readonly budget: number;
  readonly maxTokens: number;
  /** Tokens of prompt and answer together. */
  readonly window: number;
}

async function* mapAndMerge(
  survey: Survey,
  ports: SurveyPorts & Sizes,
  { parts }: Partition,
  signal: AbortSignal,
): AsyncGenerator<SurveyEvent> {
  const usage = createUsageSum();
  const found: Finding[] = [];
  const failures = new Map<number, BackendError>();
  const { citations } = ports;

  async function askOne(at: number, tell: (event: SurveyEvent) => void): Promise<void> {
    const plan = parts[at];
    if (!plan) return;
    const part = at + 1;
    try {
      const text = await readPart({ ...survey, part, of: parts.length, plan }, { ...ports, usage, tell }, signal);
      failures.delete(at);
      if (text === undefined) {
        tell({ type: 'part', part, state: 'nothing' });
        return;
      }
      found.push({ part, text });
      tell({ type: 'part', part, state: 'found' });
      tell({ type: 'text', text: underHeading({ part, text }, parts.length) });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof BackendError)) throw error;
      failures.set(at, error);
      tell({ type: 'part', part, state: 'failed', why: error.summary });
    }
  }
  const forAll = (): BackendError | undefined => [...failures.values()].find(isForAll);

  async function askParts(some: readonly number[], tell: (event: SurveyEvent) => void): Promise<void> {
    const left = some.values();
    const ask = async () => {
      for (const at of left) {
        if (forAll()) return;
        await askOne(at, tell);
      }
    };
    await Promise.all(Array.from({ length: atOnce[ports.backend.kind] }, ask));
  }

  const asking = telling<SurveyEvent, void>(async (tell) => {
    await askParts([...parts.keys()], tell);
    // What failed in passing may succeed once the others are done.
    const again = [...failures].filter(([, { retryable }]) => retryable).map(([at]) => at);
    if (again.length < parts.length) await askParts(again, tell);
  });
  for await (const event of asking) {
    yield event;
    if (event.type !== 'text') continue;
    citations?.push(event.text);
    yield* checked(citations?.news());
  }
  yield* checked(await citations?.finish());
  const shared = forAll() ?? (failures.size === parts.length ? failures.values().next().value : undefined);
  if (shared) {
    if (usage.total) yield { type: 'usage', usage: usage.total };
    throw shared;
  }

  found.sort((a, b) => a.part - b.part);
  yield { type: 'merging' };
  citations?.restart();
  let failed: unknown;
  try {
    for await (const event of merged(survey, ports, found, parts.length - failures.size, parts.length, usage, signal)) {
      if (event.type === 'text') citations?.push(event.text);
      else if (event.type === 'take-back') citations?.takeBack();
      yield event;
      yield* checked(citations?.news());
    }
  } catch (error) {
    signal.throwIfAborted();
    failed = error;
  }
  if (usage.total) yield { type: 'usage', usage: usage.total };
  yield* checked(await citations?.finish());
  if (failed) throw failed;
}

function* checked(citations: readonly Citation[] = []): Generator<SurveyEvent> {
  if (citations.length > 0) yield { type: 'citations', citations };
}

const underHeading = ({ part, text }: Finding, of: number): string =>
  `**${l10n.t('Part {0} of {1}', part, of)}**\n\n${text.trim()}\n\n`;

/** The answer out of what was found: by a request, or by several where one has no room for it; by none where one part has it all. */
async function* merged(
  { mergeRules, messages, question, thinking }: Survey,
  { backend, tokenizer, maxTokens, window, retry = patient }: SurveyPorts & Sizes,
  found: readonly Finding[],
  asked: number,
  of: number,
  usage: UsageSum,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  const [first, ...others] = found;
  if (!first) {
    const text =
      asked === of
        ? l10n.t('None of the {0} parts of the repository holds what was asked for.', of)
        : l10n.t('None of the {0} parts that could be asked holds what was asked for; {1} failed.', asked, of - asked);
    yield { type: 'text', text };
    yield { type: 'finish', reason: 'stop' };
    return;
  }
  if (others.length === 0) {
    yield { type: 'text', text: first.text };
    yield { type: 'finish', reason: 'stop' };
    return;
  }
  const ask = (some: readonly Finding[]) => {
    const asked: ChatMessage[] = askMerge(messages, some, of);
    const request = { rules: mergeRules, messages: asked, question, maxTokens, thinking };
    return retrying(() => backend.chat(request, signal), retry, signal);
  };
  const beside = await tokenizer.count([mergeRules, ...messages.map(({ content }) => content)], signal);
  const room = window - maxTokens - template - beside.reduce((sum, each) => sum + each, 0);
  let left = found;
  let answer = '';
  try {
    for (;;) {
      const groups = await inGroups(left, room, tokenizer, signal);
      // Findings that even two by two have no room stay as they are.
      const isLast = groups.length === 1 || groups.length >= left.length;
      if (isLast && groups.length > 1) {
        yield { type: 'text', text: left.map(({ text }) => text.trim()).join('\n\n') };
        yield { type: 'finish', reason: 'stop' };
        return;
      }
      if (isLast) break;
      const shorter: Finding[] = [];
      for (const group of groups) {
        let text = '';
        for await (const event of ask(group)) {
          text = answerText(text, event);
          if (event.type === 'usage') usage.add(event.usage);
          else if (event.type === 'reading' || event.type === 'waiting') yield event;
        }
        shorter.push({ part: group[0]?.part ?? 1, text });
      }
      left = shorter;
    }
    for await (const event of ask(left)) {
      answer = answerText(answer, event);
      if (event.type === 'usage') usage.add(event.usage);
      else yield event;
    }
  } catch (error) {
    // What was found is worth more than the order in it.
    if (answer === '') yield { type: 'text', text: found.map((each) => underHeading(each, of)).join('') };
    throw error;
  }
}
