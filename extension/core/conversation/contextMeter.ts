import { packBudget } from './packBudget.ts';

/** What takes part of a window. */
export type PartKind = 'rules' | 'repository' | 'conversation' | 'attachments' | 'message' | 'answer';

/** A part of a window. */
export interface Part {
  readonly kind: PartKind;
  /** As the server counts them. */
  readonly tokens: number;
  /** False for what is not known yet, or is corrected by what the server counted before. */
  readonly exact: boolean;
}

/** What there is to fit into a window; tokens in our own count (cl100k_base). */
export interface MeterInput {
  /** Tokens of prompt and answer together, as the server counts them. */
  readonly window: number;
  /** The server's tokens for one of ours: 1 at least. */
  readonly factor: number;
  /** Tokens of answer that are asked for. */
  readonly answer: number;
  readonly rules: number;
  readonly conversation: number;
  /** The message that is being written, without what is attached to it. */
  readonly message: number;
  /** What the user can take away, each with what it takes. */
  readonly attachments: readonly { readonly id: string; readonly tokens: number }[];
  /** The repository: how much of it is wanted, and what it takes where it is packed already. */
  readonly repository?: { readonly wanted: number; readonly packed?: number };
}

/** How a window is filled. */
export interface ContextMeter {
  readonly window: number;
  /** In the order of the prompt; those that take nothing are not listed. */
  readonly parts: readonly Part[];
  /** Tokens that do not fit; 0 where all does. */
  readonly over: number;
  /** The attachment that had best be taken away: the smallest that makes the rest fit, or where none does, the largest. */
  readonly remove?: string;
  /** How much of the repository is wanted, where less of it has room. */
  readonly repositoryCut?: number;
}

const sumOf = (all: readonly { readonly tokens: number }[]): number => all.reduce((sum, { tokens }) => sum + tokens, 0);

function toRemove(attachments: MeterInput['attachments'], over: number): string | undefined {
  const bySize = attachments.filter(({ tokens }) => tokens > 0).sort((a, b) => a.tokens - b.tokens);
  return (bySize.find(({ tokens }) => tokens >= over) ?? bySize.at(-1))?.id;
}

/** Tells how a window is filled by what is to be sent, before it is sent. */
export function contextMeter(input: MeterInput): ContextMeter {
  const { window, factor, rules, conversation, message, attachments, repository } = input;
  const isExact = factor === 1;
  const onServer = (tokens: number): number => Math.ceil(tokens * factor);
  const own = Math.floor(window / factor);
  const answer = Math.min(input.answer, Math.floor(window / 4));
  const attached = sumOf(attachments);
  const said = rules + conversation + attached + message;
  const fitting = repository && packBudget(repository.wanted, own, input.answer, said);
  const packed = repository?.packed ?? fitting ?? 0;
  const part = (kind: PartKind, tokens: number, exact = isExact): Part => ({ kind, tokens: onServer(tokens), exact });
  const parts: Part[] = [
    part('rules', rules),
    part('repository', packed, isExact && repository?.packed !== undefined),
    part('conversation', conversation),
    part('attachments', attached),
    part('message', message),
    { kind: 'answer' as const, tokens: answer, exact: true },
  ].filter(({ tokens }) => tokens > 0);
  const over = Math.max(0, sumOf(parts) - window);
  const remove = over > 0 ? toRemove(attachments, Math.ceil(over / factor)) : undefined;
  const isCut = repository !== undefined && repository.packed === undefined && packed < repository.wanted;
  return {
    window,
    parts,
    over,
    ...(remove === undefined ? {} : { remove }),
    ...(isCut ? { repositoryCut: onServer(repository.wanted) } : {}),
  };
}
