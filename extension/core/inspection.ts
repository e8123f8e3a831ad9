import type { Backend } from './backend/backend.ts';
import { costOf } from './backend/modelCatalogue.ts';
import type { SentPrompts } from './backend/sentPrompts.ts';
import type { Gaps } from './completion/gaps.ts';
import type { InlineRequest } from './completion/inlineRequest.ts';
import { type Reusable, reusable } from './context/reuse.ts';
import { packBudget } from './conversation/packBudget.ts';
import { rulesFor } from './conversation/rules.ts';
import { toolRules } from './conversation/tools/definitions.ts';
import { toolLimits } from './conversation/tools/toolbox.ts';
import type { Pack, PackRequest } from './pack.ts';
import type { Packer, Tokenizer } from './ports.ts';
import type { Settings } from './settings.ts';
import type { Calibration } from './tokens/calibration.ts';

/** What is to be shown: what would be sent for a question or at a place, or what a conversation sends anyway. */
export type InspectRequest =
  | { readonly of: 'question'; readonly request: Omit<PackRequest, 'budget'>; readonly projectRules: string }
  | { readonly of: 'cursor'; readonly request: InlineRequest }
  | {
      readonly of: 'conversation';
      readonly pack: Pack;
      readonly kind: 'chat' | 'ask' | 'edit';
      readonly projectRules: string;
    };

/** What would be sent, and what of it the server has. */
export interface Inspection {
  /** Undefined where none goes along. */
  readonly pack: Pack | undefined;
  readonly backend: Pick<Backend, 'kind' | 'label' | 'window'>;
  /** What the last prompt of this kind says of the server's cache; undefined where this window has sent none. */
  readonly reuse: (Reusable & { readonly sentAt: number }) | undefined;
  /** US dollars for reading the pack, what is cached at its price; undefined where no price is known or charged. */
  readonly price: number | undefined;
  /** A conversation that is still alive goes along with completions, in place of the pack. */
  readonly goesOnFromTalk: boolean;
}

/** What an inspection is made with. */
export interface InspectorPorts {
  readonly backend: () => Promise<Backend>;
  readonly packer: Pick<Packer, 'pack'>;
  readonly tokenizer: Tokenizer;
  readonly settings: () => Settings;
  readonly calibration: Calibration;
  readonly sent: SentPrompts;
  readonly gaps: Pick<Gaps, 'packAt'>;
  readonly isTalking: () => boolean;
  /** Tokens of answer in a conversation, at the most. */
  readonly answerTokens: number;
}

/** Packs what would be sent, without sending it. @throws BackendError where no backend can be chosen. */
export async function inspect(what: InspectRequest, ports: InspectorPorts, signal: AbortSignal): Promise<Inspection> {
  const { tokenizer, sent, calibration } = ports;
  const settings = ports.settings();
  const backend = await ports.backend();
  signal.throwIfAborted();
  const { kind, label, window, prices } = backend;
  const isInline = what.of === 'cursor';
  const tools = settings.chat.tools && kind !== 'embedded' && !isInline ? toolLimits(window) : undefined;
  const rules = isInline ? [''] : rulesOf(what, tools !== undefined);

  async function pack(): Promise<Pack | undefined> {
    if (what.of === 'conversation') return what.pack;
    if (what.of === 'cursor') return ports.gaps.packAt(what.request, settings.inline, backend, signal);
    const factor = calibration.factor(backend);
    const counts = await tokenizer.count([rules[0] ?? '', what.request.question ?? ''], signal);
    const said = counts.reduce((sum, count) => sum + count, 0);
    const room = Math.floor(window / factor) - (tools?.tokens ?? 0);
    const budget = packBudget(settings.context.budget, room, ports.answerTokens, said);
    return ports.packer.pack({ ...what.request, budget }, signal);
  }

  const made = await pack();
  const last = kind === 'embedded' ? undefined : sent.last(label, isInline ? 'completion' : 'chat');
  // Behind other rules nothing is where it was.
  const before = last && rules.includes(last.rules) ? last.pack : undefined;
  const reuse = made && last ? { ...(await reusable(made, before, tokenizer, signal)), sentAt: last.at } : undefined;
  const price = isInline ? prices?.completion : prices?.chat;
  return {
    pack: made,
    backend: { kind, label, window },
    reuse,
    price:
      made && price
        ? costOf(price, { promptTokens: made.tokens, cachedTokens: reuse?.tokens ?? 0, completionTokens: 0 })
        : undefined,
    goesOnFromTalk: isInline && backend.headOf !== undefined && ports.isTalking(),
  };
}

/**
 * The rules that a conversation begins with, those of the tools included. One that is held keeps the tools and the form of
 * edits that it began with, whichever these are.
 */
function rulesOf(what: Exclude<InspectRequest, { of: 'cursor' }>, hasTools: boolean): string[] {
  const own = (tools: boolean): string =>
    [...(tools ? [toolRules] : []), what.projectRules].filter(Boolean).join('\n\n');
  if (what.of === 'question') return [rulesFor('ask', own(hasTools))];
  return [true, false].flatMap((tools) => [true, false].map((whole) => rulesFor(what.kind, own(tools), whole)));
}
