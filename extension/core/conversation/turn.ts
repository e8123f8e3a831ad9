import type { Backend, ChatMessage, StreamEvent } from '../backend/backend.ts';
import type { Pack, PackRequest } from '../pack.ts';
import type { FileReader, Packer } from '../ports.ts';
import { type Citation, findCitations, verifyCitations } from './citations.ts';

/** What a turn in a conversation streams: the model's events, and what happens around them. */
export type TurnEvent =
  | StreamEvent
  | { readonly type: 'packing' }
  | { readonly type: 'packed'; readonly pack: Pack }
  | { readonly type: 'citations'; readonly citations: readonly Citation[] };

/** One turn: what to say to the model, and what it may read. */
export interface Turn {
  readonly rules: string;
  /** The messages so far, the new one last. */
  readonly messages: readonly ChatMessage[];
  /** The user's own words in the new message. */
  readonly question: string;
  /** A pack made earlier in the conversation, kept so that its prompt begins as before. */
  readonly pack?: Pack;
  /** What to pack where there is no pack yet; absent for a turn without the repository. */
  readonly toPack?: PackRequest;
  readonly maxTokens: number;
  readonly thinking: boolean;
}

/** What a turn works with. */
export interface TurnPorts {
  readonly backend: Backend;
  readonly packer: Packer;
  readonly files: FileReader;
  /** Folder against which citations are checked; undefined where no folder is open. */
  readonly root: string | undefined;
  readonly overlay: Readonly<Record<string, string>>;
}

/** Tokens for templates, rules and the conversation's own text beside the pack. */
const besidesPack = 6_000;

/** The budget that fits a window, next to the answer and the conversation; never below nothing. */
export function packBudget(wanted: number, window: number, maxTokens: number): number {
  const beside = Math.min(besidesPack, Math.floor(window / 4));
  return Math.max(0, Math.min(wanted, window - beside - Math.min(maxTokens, Math.floor(window / 4))));
}

/**
 * Runs one turn: packs the repository where asked, streams the answer, then checks the places that it cites.
 * @throws BackendError, or the signal's reason when aborted.
 */
export async function* runTurn(turn: Turn, ports: TurnPorts, signal: AbortSignal): AsyncGenerator<TurnEvent> {
  const { backend, packer, files, root, overlay } = ports;
  let { pack } = turn;
  if (!pack && turn.toPack) {
    yield { type: 'packing' };
    const budget = packBudget(turn.toPack.budget, backend.window, turn.maxTokens);
    pack = await packer.pack({ ...turn.toPack, budget }, signal);
    yield { type: 'packed', pack };
  }

  const { rules, messages, question, thinking } = turn;
  const maxTokens = Math.min(turn.maxTokens, Math.floor(backend.window / 4));
  const request = { rules, messages, question, maxTokens, thinking, ...(pack ? { pack } : {}) };
  let answer = '';
  for await (const event of backend.chat(request, signal)) {
    if (event.type === 'text') answer += event.text;
    yield event;
  }
  if (root === undefined) return;
  const citations = await verifyCitations(root, findCitations(answer), files, overlay);
  if (citations.length > 0) yield { type: 'citations', citations };
}
