import * as l10n from '@vscode/l10n';
import type { ToolUse } from '../../protocol/chat.ts';
import type { ChatMessage, ChatRequest, StreamEvent, ToolCall } from '../backend/backend.ts';
import { BackendError } from '../backend/backendError.ts';
import type { Toolbox } from './tools/toolbox.ts';

/** What happens around the rounds of a turn with tools. */
export type ToolEvent =
  /** A call has begun, or has come to something. */
  | { readonly type: 'tool'; readonly use: ToolUse }
  /** All that was said after the question so far, as the next prompt has to have it. */
  | { readonly type: 'exchange'; readonly messages: readonly ChatMessage[] }
  /** Tools are used no more in this turn; why, in the user's language. */
  | { readonly type: 'tools-ended'; readonly why: string };

/** Rounds in which calls are made, at the most. In the one after, they are refused; one more is for the answer. */
const mostRounds = 6;

/** Characters of what is shown of a call and its result; the model gets the whole. */
const longestShown = 4_000;
const shown = (text: string): string => (text.length > longestShown ? `${text.slice(0, longestShown)}…` : text);

/** What was streamed in one round. */
interface Round {
  text: string;
  reasoning: string;
  calls: ToolCall[];
}

function take(round: Round, event: StreamEvent): void {
  switch (event.type) {
    case 'text':
      round.text += event.text;
      return;
    case 'reasoning':
      round.reasoning += event.text;
      return;
    case 'take-back':
      round.reasoning += round.text;
      round.text = '';
      return;
    case 'tool-call':
      round.calls.push(event.call);
      return;
    case 'waiting':
    case 'moved':
      // It begins anew.
      round.calls = [];
  }
}

/**
 * A call that servers can write into a prompt: they parse its arguments and fail where these are broken, and a name is a name
 * (glm-protocol.md 1.3). Its id is its own within the turn.
 */
function sendable({ id, name, arguments: json }: ToolCall, known: ReadonlySet<string>, round: number): ToolCall {
  let isObject = false;
  try {
    const value: unknown = JSON.parse(json);
    isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    isObject = false;
  }
  return {
    id: known.has(id) ? `${id}-${round}-${known.size}` : id,
    name: name.replace(/[^\w-]/g, '_').slice(0, 64),
    arguments: isObject ? json : JSON.stringify({ unreadable: json.slice(0, 500) }),
  };
}

/**
 * Asks a model that may call tools until it answers: each round adds to the end of the prompt, so that the server reads only
 * what is new. Calls and rounds are bounded; a model that goes on calling is told to answer.
 * @param ask sends one request.
 * @throws BackendError; the signal's reason when aborted.
 */
export async function* withTools(
  request: ChatRequest,
  toolbox: Toolbox,
  ask: (request: ChatRequest) => AsyncIterable<StreamEvent>,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent | ToolEvent> {
  const exchange: ChatMessage[] = [];
  const ids = new Set<string>();
  for (let number = 0; ; number++) {
    const round: Round = { text: '', reasoning: '', calls: [] };
    const messages = [...request.messages, ...exchange];
    let finish: StreamEvent | undefined;
    try {
      for await (const event of ask({ ...request, messages, tools: toolbox.definitions })) {
        take(round, event);
        if (event.type === 'finish') finish = event;
        else if (event.type !== 'tool-call') yield event;
      }
    } catch (error) {
      const isRefused = error instanceof BackendError && error.kind === 'tools' && exchange.length === 0;
      if (!isRefused) throw error;
      yield { type: 'tools-ended', why: `${error.summary} ${error.nextStep}` };
      const { tools: _, ...plain } = request;
      return yield* ask(plain);
    }
    const said = { role: 'assistant', content: round.text, ...(round.reasoning ? { reasoning: round.reasoning } : {}) };
    const isLast = number > mostRounds;
    if (round.calls.length === 0 || isLast) {
      if (exchange.length > 0) yield { type: 'exchange', messages: [...exchange, said as ChatMessage] };
      if (round.calls.length > 0)
        yield { type: 'tools-ended', why: l10n.t('The model went on asking for tools, and was stopped.') };
      if (finish) yield finish;
      return;
    }
    const calls = round.calls.map((call) => {
      const mine = sendable(call, ids, number);
      ids.add(mine.id);
      return mine;
    });
    exchange.push({ ...said, calls } as ChatMessage);
    if (number >= mostRounds) toolbox.close();
    for (const [at, call] of round.calls.entries()) {
      const { id = '', name = '' } = calls[at] ?? {};
      const use = { id, name, arguments: shown(call.arguments) };
      yield { type: 'tool', use: { ...use, state: 'running' } };
      const { text, tokens, isRefused } = await toolbox.run(call, signal);
      signal.throwIfAborted();
      yield { type: 'tool', use: { ...use, state: isRefused ? 'refused' : 'done', result: shown(text), tokens } };
      exchange.push({ role: 'tool', callId: id, name, content: text });
    }
    yield { type: 'exchange', messages: [...exchange] };
  }
}
