import type { ToolCall, ToolDefinition } from '../../backend/backend.ts';
import { neutralise } from '../../backend/specialTokens.ts';
import type { FolderRequest } from '../../ports.ts';
import { answerRequest, type Found, type ToolPorts } from './answers.ts';
import { readArguments, type ToolRequest } from './arguments.ts';
import { fitLines } from './cut.ts';
import { type ToolName, toolDefinitions, toolNames } from './definitions.ts';

/** What a call came to. */
export interface ToolResult {
  /** For the model. */
  readonly text: string;
  /** Of the text, in our own tokens. */
  readonly tokens: number;
  /** Whether it was refused, in place of being answered. */
  readonly isRefused: boolean;
}

/** The tools of one turn. */
export interface Toolbox {
  readonly definitions: readonly ToolDefinition[];
  /** Makes a call. Whatever the model wrote and whatever fails gives a result; it only rejects with the signal's reason. */
  run(call: ToolCall, signal: AbortSignal): Promise<ToolResult>;
  /** Refuses every further call. */
  close(): void;
}

/** What a turn may take. */
export interface ToolLimits {
  readonly calls: number;
  /** Tokens of one result, and of all of them. */
  readonly tokensPerCall: number;
  readonly tokens: number;
}

/** Tokens of all results of a turn, at the most, and their share of the model's window. */
const mostTokens = 24_000;
const shareOfWindow = 0.25;

/** The limits that a window leaves. */
export function toolLimits(window: number): ToolLimits {
  const tokens = Math.min(mostTokens, Math.floor(window * shareOfWindow));
  return { calls: 12, tokensPerCall: Math.min(4_000, Math.floor(tokens / 3)), tokens };
}

/** Tokens that are kept free for a result's heading and what is said of what was cut. */
const frame = 80;

const noMore = 'No further calls are made in this turn. Answer now with what you have.';

/** The tools that a host can offer. */
const offeredBy = ({ editor }: ToolPorts): ToolName[] =>
  toolNames.filter((name) => name !== 'problems' || editor !== undefined);

/** Creates the tools for one turn. */
export function createToolbox(folder: FolderRequest, ports: ToolPorts, limits: ToolLimits): Toolbox {
  const { tokenizer } = ports;
  const offered = offeredBy(ports);
  /** Calls that were answered in full. */
  const answered = new Set<string>();
  let calls = 0;
  let used = 0;
  let isClosed = false;

  async function result(found: string, isRefused: boolean, signal: AbortSignal): Promise<ToolResult> {
    // A file that holds the model's own tokens must not end the result and go on as the user.
    const text = neutralise(found);
    const [tokens = 0] = await tokenizer.count([text], signal);
    used += tokens;
    return { text, tokens, isRefused };
  }

  /** A result that fits, with what was cut said. */
  async function written({ heading, lines, more, note }: Found, signal: AbortSignal): Promise<string> {
    const room = Math.min(limits.tokensPerCall, limits.tokens - used) - frame;
    const { lines: fitting, left } = await fitLines(lines, Math.max(0, room), tokenizer, signal);
    const cut = left > 0 ? [`(${left} more lines were cut${more ? `: ${more(fitting.length)}` : ''})`] : [];
    return [heading, ...fitting, ...cut, ...(note ? [note] : [])].filter((line) => line !== '').join('\n');
  }

  async function run(call: ToolCall, signal: AbortSignal): Promise<ToolResult> {
    const refuse = (why: string) => result(why, true, signal);
    const isOver = ++calls > limits.calls || used + frame >= limits.tokens;
    if (isClosed || isOver) return refuse(noMore);
    const request = readArguments(call.name, call.arguments, offered);
    if ('wrong' in request) return refuse(request.wrong);
    const key = keyOf(request);
    if (answered.has(key))
      return result('You have asked for this in this turn already: see the result above.', false, signal);
    const found = await answerRequest(request, folder, ports, signal);
    if ('refused' in found) return refuse(found.refused);
    answered.add(key);
    return result(await written(found, signal), false, signal);
  }

  return {
    definitions: toolDefinitions(offered),
    close() {
      isClosed = true;
    },
    async run(call, signal) {
      signal.throwIfAborted();
      try {
        return await run(call, signal);
      } catch {
        signal.throwIfAborted();
        // Its words may name places of this machine.
        return { text: 'The tool failed. Go on without it.', tokens: 9, isRefused: true };
      }
    },
  };
}

const keyOf = (request: ToolRequest): string => JSON.stringify(Object.entries(request).sort());
