import * as l10n from '@vscode/l10n';
import { BackendError } from '../../backend/backendError.ts';
import { patient, retrying } from '../../backend/retry.ts';
import type { Packer, PartPlan } from '../../ports.ts';
import { judgeAnswer } from '../evidence/missing.ts';
import { overlong, type Turn, type TurnPorts } from '../turn.ts';
import { answerText, type UsageSum } from './answerText.ts';
import { askPart, isNothing } from './prompts.ts';

/** How far one part is, from 1 on. */
export type PartEvent =
  | {
      readonly type: 'part';
      readonly part: number;
      readonly state: 'reading';
      /** Tokens of the prompt that the server has read, where it tells. */
      readonly read?: number;
      readonly total?: number;
    }
  | { readonly type: 'part'; readonly part: number; readonly state: 'found' | 'nothing' }
  /** `why` is in the user's language. */
  | { readonly type: 'part'; readonly part: number; readonly state: 'failed' | 'waiting'; readonly why: string };

/** A question to one part. */
interface PartQuestion extends Pick<Turn, 'rules' | 'messages' | 'question' | 'thinking'> {
  readonly toPack: { readonly root: string };
  readonly part: number;
  readonly of: number;
  readonly plan: PartPlan;
}

interface PartPorts extends Pick<TurnPorts, 'backend' | 'tokenizer' | 'calibration' | 'retry'> {
  readonly packer: Pick<Packer, 'part'>;
  readonly budget: number;
  readonly maxTokens: number;
  readonly usage: UsageSum;
  readonly tell: (event: PartEvent) => void;
}

/** Asks one part, and returns what it found; undefined where that is nothing. A part that proves too long is asked in two halves. */
export async function readPart(
  asked: PartQuestion,
  ports: PartPorts,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { part, plan } = asked;
  ports.tell({ type: 'part', part, state: 'reading' });
  try {
    const answer = await answerOf(asked, ports, signal);
    return isNothing(answer) ? undefined : answer.trim();
  } catch (error) {
    const isOverlong = error instanceof BackendError && error.kind === 'overflow';
    if (!isOverlong || plan.pieces.length < 2) throw error;
    const found: string[] = [];
    for (const half of halves(plan)) {
      const text = await readPart({ ...asked, plan: half }, ports, signal);
      if (text !== undefined) found.push(text);
    }
    return found.length > 0 ? found.join('\n\n') : undefined;
  }
}

/** A part as two, of about as many tokens each. */
function halves({ pieces, tokens }: PartPlan): PartPlan[] {
  let sum = 0;
  let at = 0;
  while (at < pieces.length - 1 && sum + (pieces[at]?.tokens ?? 0) <= tokens / 2) sum += pieces[at++]?.tokens ?? 0;
  const cut = Math.max(1, at);
  return [pieces.slice(0, cut), pieces.slice(cut)].map((some) => ({
    pieces: some,
    tokens: some.reduce((total, piece) => total + piece.tokens, 0),
  }));
}

async function answerOf(asked: PartQuestion, ports: PartPorts, signal: AbortSignal): Promise<string> {
  const { rules, question, thinking, part, of, plan, toPack } = asked;
  const { backend, packer, tokenizer, calibration, budget, maxTokens, usage, tell, retry = patient } = ports;
  const pack = await packer.part({ root: toPack.root, plan, budget }, signal);
  const messages = askPart(asked.messages, part, of);
  const request = { rules, pack, messages, question, maxTokens, thinking };
  let answer = '';
  for await (const event of retrying(() => backend.chat(request, signal), retry, signal)) {
    answer = answerText(answer, event);
    if (event.type === 'reading') tell({ type: 'part', part, state: 'reading', read: event.read, total: event.total });
    else if (event.type === 'waiting') tell({ type: 'part', part, state: 'waiting', why: event.why });
    else if (event.type === 'finish' && event.reason === 'length')
      answer += `\n\n(${l10n.t('cut off at the length limit')})`;
    else if (event.type === 'usage') {
      usage.add(event.usage);
      if (event.usage.promptTokens > backend.window) throw overlong(backend, event.usage);
      const counts = await tokenizer.count([rules, ...messages.map(({ content }) => content)], signal);
      const counted = counts.reduce((sum, count) => sum + count, pack.tokens);
      calibration.learn(backend.label, counted, event.usage.promptTokens);
    }
  }
  return judgeAnswer(answer).text;
}
