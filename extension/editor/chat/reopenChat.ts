import { savedAnswers } from '../../core/conversation/edits/savedAnswers.ts';
import type { ChatStore, OpenChat, SavedChat, SavedTurn } from '../../core/conversation/history/chatStore.ts';
import type { Checkpoints } from '../../core/conversation/history/checkpoints.ts';
import type { ProposalView } from '../../protocol/chat.ts';
import { leftOutOf } from './editing.ts';
import type { Proposals } from './proposals.ts';
import { textsBefore } from './restoreFiles.ts';

/** How often, and after how many milliseconds each time, a chat is tried that its last window has not let go of yet. */
const tries = 8;
const between = 250;

/** A proposal whose texts are gone: what was not accepted is not offered any more. */
const closed = (view: ProposalView): ProposalView => ({
  ...view,
  decision: view.decision === 'pending' ? 'rejected' : view.decision,
  files: view.files.map((file) => ({
    ...file,
    decision: file.decision === 'pending' ? 'rejected' : file.decision,
    hunks: file.hunks.map((hunk) => (hunk.decision === 'pending' ? { ...hunk, decision: 'rejected' } : hunk)),
  })),
});

/**
 * Offers the edits of a turn again: they are read against the files as they are now, but for those in which some were
 * accepted, which are taken as they were before. `wasEnded` where the window has ended in the middle of the edits, before they were proposed.
 */
async function offered(
  { proposals, checkpoints }: Omit<ReopenPorts, 'store'>,
  { id, root }: SavedChat,
  said: SavedTurn,
  wasEnded: boolean,
): Promise<SavedTurn> {
  const { proposal, ...turn } = said.turn;
  if (!wasEnded && proposal?.decision !== 'pending') return said;
  // Left for another chat in this window, and partly judged by then.
  const live = proposals.view(turn.id);
  if (live?.decision === 'pending') return { ...said, turn: { ...turn, proposal: live } };
  const isUntouched = (proposal?.files ?? []).every(({ decision, hunks }) =>
    [decision, ...hunks.map((hunk) => hunk.decision)].every((each) => each === 'pending'),
  );
  async function again(): Promise<ProposalView | undefined> {
    const before = isUntouched ? new Map<string, string>() : await textsBefore(checkpoints, id, turn.id);
    if (!before || root === undefined) return undefined;
    const { view } = await proposals.propose(turn.id, root, savedAnswers(turn), {
      leftOut: leftOutOf(turn.plan),
      before,
    });
    return proposal && !isUntouched ? proposals.resume(turn.id, proposal) : view;
  }
  // What cannot be looked at is not offered, and does not keep the chat from being opened.
  const view = await again().catch(() => undefined);
  const next = proposal ? (view ?? closed(proposal)) : view?.files.length ? view : undefined;
  return { ...said, turn: { ...turn, ...(next ? { proposal: next } : {}) } };
}

/** Whether a turn was stopped, by the user or with its window, while it wrote edits of which none were proposed. */
const isEnded = ({ turn }: SavedTurn, { kind, turns }: SavedChat): boolean =>
  kind === 'edit' && turn.status === 'stopped' && !turn.proposal && turn.id === turns.at(-1)?.turn.id;

/** What a chat is opened with. */
export interface ReopenPorts {
  readonly store: ChatStore;
  readonly checkpoints: Checkpoints;
  readonly proposals: Proposals;
}

/** Opens a chat that was kept, with its edits to be judged. Undefined where it is not there any more. */
export async function reopenChat(
  { store, checkpoints, proposals }: ReopenPorts,
  id: string,
): Promise<OpenChat | undefined> {
  let opened = await store.open(id);
  // After a reload the window before may still be closing its files.
  for (let left = tries; opened && !opened.writer && left > 0; left--) {
    await new Promise((resolve) => setTimeout(resolve, between));
    opened = await store.open(id);
  }
  if (!opened) return undefined;
  const { chat, writer } = opened;
  const kept = await checkpoints.turns(chat.id);
  const restorable = new Set(kept.filter(({ canRestore }) => canRestore).map(({ turn }) => turn));
  const turns = await Promise.all(
    chat.turns.map(async (said) => {
      const { canRestore, ...turn } = said.turn;
      const isKept = canRestore === true && restorable.has(turn.id);
      const now = { ...said, turn: isKept ? { ...turn, canRestore } : turn };
      return offered({ proposals, checkpoints }, chat, now, isEnded(said, chat));
    }),
  );
  return { chat: { ...chat, turns }, writer };
}
