import type { Backend, ChatMessage } from '../backend/backend.ts';
import type { Pack } from '../pack.ts';
import type { Tokenizer } from '../ports.ts';
import type { Calibration } from '../tokens/calibration.ts';
import { type ContextMeter, contextMeter, type MeterInput } from './contextMeter.ts';

/** What is about to be sent. */
export interface Outgoing {
  readonly rules: string;
  /** What was said so far. */
  readonly messages: readonly ChatMessage[];
  /** What is being written. */
  readonly message: string;
  readonly attachments: MeterInput['attachments'];
  /** Present where the prompt begins with the repository. */
  readonly repository?: { readonly wanted: number; readonly pack?: Pack };
  /** Tokens of answer that are asked for. */
  readonly answer: number;
}

/** Measures what is about to be sent, for a backend. */
export type Measure = (outgoing: Outgoing, backend: Backend, signal: AbortSignal) => Promise<ContextMeter>;

/** Creates a measure. It remembers the counts of the texts of the last call: a conversation only grows at its end. */
export function createMeasure(tokenizer: Tokenizer, calibration: Calibration): Measure {
  let known = new Map<string, number>();

  async function count(texts: readonly string[], signal: AbortSignal): Promise<number[]> {
    const missing = [...new Set(texts.filter((text) => !known.has(text)))];
    const counts = missing.length > 0 ? await tokenizer.count(missing, signal) : [];
    const fresh = new Map(missing.map((text, i) => [text, counts[i] ?? 0]));
    known = new Map(texts.map((text) => [text, known.get(text) ?? fresh.get(text) ?? 0]));
    return texts.map((text) => known.get(text) ?? 0);
  }

  return async ({ rules, messages, message, attachments, repository, answer }, backend, signal) => {
    const texts = [rules, message, ...messages.map(({ content }) => content)];
    const [ofRules = 0, ofMessage = 0, ...said] = await count(texts, signal);
    const { window } = backend;
    const pack = repository?.pack;
    return contextMeter({
      window,
      factor: calibration.factor(backend),
      answer,
      rules: ofRules,
      conversation: said.reduce((sum, tokens) => sum + tokens, 0),
      message: ofMessage,
      attachments,
      ...(repository ? { repository: { wanted: repository.wanted, ...(pack ? { packed: pack.tokens } : {}) } } : {}),
    });
  };
}
