import * as vscode from 'vscode';
import type { Glm } from '../../core/glm.ts';
import type { HostMessage, PageMessage } from '../../protocol/chat.ts';
import { activeRoot } from '../place.ts';
import type { Chips } from './chips.ts';
import { commandList } from './commandList.ts';
import { type ContextSource, choosePath } from './contextSources.ts';
import type { Conversation } from './conversation.ts';
import type { Judging } from './judging.ts';
import type { MeterWatch } from './meterWatch.ts';
import { commandIn } from './outgoing.ts';
import { insertAtCursor, openAsFile, openPlace } from './placeCode.ts';
import { droppedContexts } from './placeContext.ts';
import type { Proposals } from './proposals.ts';
import type { LeftOutDocument } from './reading/leftOutDocument.ts';

/** What the page's messages act on. */
export interface PageSubjects {
  readonly glm: Glm;
  readonly chips: Chips;
  readonly meter: MeterWatch;
  readonly proposals: Proposals;
  readonly judging: Judging;
  readonly leftOut: LeftOutDocument;
  readonly conversation: () => Conversation;
  /** Asks the user before a turn and those after it are replaced; see {@link leaveTurns}. */
  readonly leave: (turn: string) => Promise<boolean>;
  readonly post: (message: HostMessage) => void;
  /** The page has been drawn and listens. */
  readonly ready: () => void;
  readonly say: (text: string) => Promise<void>;
  readonly newChat: () => void;
  readonly addContext: (source: ContextSource | undefined) => Promise<void>;
  readonly setRepository: (wanted: boolean) => Promise<void>;
}

/** Says something else in place of an earlier message; what cannot be said goes back into the input. */
async function edit(
  { turn, text }: PageMessage & { type: 'edit' },
  { conversation: current, leave, say, post }: PageSubjects,
): Promise<void> {
  const conversation = current();
  const kind = commandIn(text)?.kind;
  // The kind decides the head of the prompt: another one is another chat, and this one stays as it is.
  if (kind !== undefined && kind !== conversation.kind) return say(text);
  if (!conversation.busy && (await leave(turn)) && !conversation.busy) await conversation.edit(turn, text);
  else post({ type: 'draft', text });
}

/** Does what the page asks for. */
export async function obey(message: PageMessage, subjects: PageSubjects): Promise<void> {
  const { glm, chips, meter, proposals, judging, leftOut, post } = subjects;
  const conversation = subjects.conversation();
  switch (message.type) {
    case 'ready':
      return subjects.ready();
    case 'send':
      return subjects.say(message.text);
    case 'addContext':
      return subjects.addContext(message.source);
    case 'askCommands':
      return post({ type: 'commands', commands: await commandList(conversation.root ?? activeRoot()) });
    case 'addPaths': {
      const contexts = droppedContexts(glm, message.paths);
      for (const context of contexts) chips.add(context);
      if (contexts.length === 0) post({ type: 'insertText', text: message.text });
      return;
    }
    case 'drafted':
      return meter.drafted(message.text);
    case 'regenerate': {
      const last = conversation.turns.at(-1);
      if (last && (await subjects.leave(last.id))) await conversation.regenerate();
      return;
    }
    case 'edit':
      return edit(message, subjects);
    case 'stop':
      return conversation.stop();
    case 'newChat':
      return subjects.newChat();
    case 'toggleChip':
      return message.id === 'repository' ? subjects.setRepository(false) : chips.toggle(message.id);
    case 'open':
      return openPlace(conversation.root, message);
    case 'review':
      return proposals.review(message.proposal, message.path);
    case 'decide':
      return judging.decide(message.proposal, message.decision, message.judged);
    case 'planFile':
      return conversation.choose(message.turn, message.path, message.chosen);
    case 'addToPlan': {
      const path = await choosePath();
      return path === undefined ? undefined : conversation.choose(message.turn, path, true);
    }
    case 'writePlan':
      return conversation.writePlan(message.turn);
    case 'restore':
      return judging.restore(message.turn);
    case 'askAgain':
      return conversation.askAgain(message.way);
    case 'survey':
      return conversation.decideSurvey(message.decision);
    case 'leftOut':
      return leftOut.show(conversation.leftOut(message.turn));
    case 'copy':
      return vscode.env.clipboard.writeText(message.text);
    case 'insert':
      return insertAtCursor(message.text);
    case 'newFile':
      return openAsFile(message.text, message.language);
    case 'command':
      await vscode.commands.executeCommand(`glmCoder.${message.command}`);
  }
}
