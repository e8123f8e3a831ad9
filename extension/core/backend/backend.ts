import type { Pack } from '../pack.ts';
import type { Price } from './modelCatalogue.ts';

/** Tokens as a server reports them. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Prompt tokens that the server took from its cache; undefined where it does not tell. */
  readonly cachedTokens?: number;
  /** Of the completion tokens, those spent on reasoning; undefined where the server does not tell. */
  readonly reasoningTokens?: number;
  /** Milliseconds that the server took to read what was not in its cache; undefined where it does not tell. */
  readonly promptTime?: number;
  /** US dollars; undefined where the price is not known or nothing is charged. */
  readonly cost?: number;
}

/** What was sent and answered since the start, in tokens and US dollars. */
export interface Spent {
  readonly requests: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly cost: number;
}

/** Why a stream ended (glm-protocol.md 1.4; the three that are failures are thrown instead). */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'aborted_by_server';

/** A function that the model wants called; `arguments` is JSON as it wrote it, which need not be valid. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** What a model's stream is made of, whichever server it comes from. */
export type StreamEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  /** All text so far was reasoning: the mark between them came only now. */
  | { readonly type: 'take-back' }
  | { readonly type: 'tool-call'; readonly call: ToolCall }
  /** A failure that may pass; the request is sent again after so many milliseconds. `why` is in the user's language. */
  | { readonly type: 'waiting'; readonly why: string; readonly milliseconds: number }
  /** Tokens of the prompt that the server has read so far, its cache included. */
  | { readonly type: 'reading'; readonly read: number; readonly total: number }
  /** Another backend answers than the one that was asked; `why` and `label` are in the user's language. */
  | { readonly type: 'moved'; readonly why: string; readonly label: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'finish'; readonly reason: FinishReason };

/** One message of a conversation. */
export type ChatMessage =
  | { readonly role: 'user'; readonly content: string }
  | {
      readonly role: 'assistant';
      readonly content: string;
      /** What it thought before it said so; sent back only where there are tools (glm-protocol.md 1.3, 7.1). */
      readonly reasoning?: string;
      /** Tools that it asked for; each is answered by a `tool` message. */
      readonly calls?: readonly ToolCall[];
    }
  /** What the tool of a call has found. */
  | { readonly role: 'tool'; readonly content: string; readonly callId: string; readonly name: string };

/** A function that the model may ask for; `parameters` is its JSON schema. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly parameters: object;
}

/** A conversation to continue, in the order that keeps its beginning unchanged (DESIGN.md section 2). */
export interface ChatRequest {
  /** What the model is and which rules it keeps. */
  readonly rules: string;
  /** The repository, packed once per conversation. */
  readonly pack?: Pack;
  readonly messages: readonly ChatMessage[];
  /** The user's own words in the last message, without what was attached to it. */
  readonly question: string;
  /** Tokens of answer, at the most. */
  readonly maxTokens: number;
  /** Whether to think first, where the model lets one choose; constant within a conversation. */
  readonly thinking: boolean;
  /** What the model may ask for; constant within a conversation, at whose head it stands (glm-protocol.md 1.7). */
  readonly tools?: readonly ToolDefinition[];
}

/** A conversation as a server has it in its memory. */
export interface Talk {
  readonly conversation: ChatRequest;
  /** Tokens of it, as the server counts them. */
  readonly tokens: number;
}

/** A gap to fill. */
export interface CompletionRequest {
  readonly pack?: Pack;
  /** A {@link Backend.headOf}, to begin with in place of a pack. */
  readonly head?: string;
  /** Path of the file, relative to the repository. */
  readonly path: string;
  /** VS Code's language id. */
  readonly languageId: string;
  readonly prefix: string;
  readonly suffix: string;
  /** One line is wanted, or several. */
  readonly mode: 'line' | 'block';
  /** Tokens of answer, at the most. */
  readonly maxTokens: number;
  /** Another answer than the likeliest is wanted; each number stands for one. */
  readonly variation?: number;
}

/** A model, or what stands in for one. Streams end with `finish`, or throw {@link BackendError}. */
export interface Backend {
  readonly kind: 'hosted' | 'local' | 'embedded';
  /** What the user reads: server and model. */
  readonly label: string;
  /** The id of the model that talks; undefined for the matcher. */
  readonly model?: string;
  /** Scheme, host and port of its server; undefined for the matcher, which has none. */
  readonly origin?: string;
  /** Tokens of prompt and answer together. */
  readonly window: number;
  /** Its tokens for one of ours (cl100k_base), as known of its family; 1 where it is not given. */
  readonly tokenFactor?: number;
  /** Requests that its server works on at once; undefined where that is not known. */
  readonly slots?: number;
  /** What is charged for each use; undefined where nothing is, or the price is not known. */
  readonly prices?: { readonly chat?: Price; readonly completion?: Price };
  /** False where there is no model to write edits. */
  readonly writesEdits: boolean;
  chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<StreamEvent>;
  complete(request: CompletionRequest, signal: AbortSignal): AsyncIterable<StreamEvent>;
  /**
   * The text of a conversation's prompt, for a completion to begin with; there only where a server holds one prompt, which
   * another would push out. Undefined where the server does not tell it.
   */
  headOf?(conversation: ChatRequest, signal: AbortSignal): Promise<string | undefined>;
}
