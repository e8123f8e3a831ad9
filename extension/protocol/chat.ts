/**
 * What crosses between the extension host and the sidebar's page: plain JSON, two discriminated unions.
 * The page says `ready` first; before that the host sends nothing.
 */

import type { CitationView } from './citation.ts';
import {
  type CoverageView,
  isReadingMessage,
  type MissingView,
  type ReadingMessage,
  type SurveyView,
} from './reading.ts';

/** What a conversation is for; fixed for its whole life, since it decides the head of the prompt. */
export type ConversationKind = 'chat' | 'ask' | 'edit';

/** Context that goes along with the next message. */
export interface Chip {
  /** `selection` and `file` follow the editor; what the user has added has a name of its own, and goes away at a click. */
  readonly id: string;
  /** For the user: `packer.ts` or `packer.ts:10-24`. */
  readonly label: string;
  /** Undefined while it is being counted. */
  readonly tokens?: number;
  readonly included: boolean;
  readonly isAdded?: boolean;
  /** It belongs to the conversation, and stays. */
  readonly isFixed?: boolean;
  /** `tokens` are the most that it may take: what goes along is chosen when it is sent. */
  readonly isLimit?: boolean;
  /** Why nothing of it goes along, in the user's language. */
  readonly refused?: string;
  /** How many of its files do not go along; the meter names them. */
  readonly leftOut?: number;
}

/** A part of the model's window, and what takes it. */
export interface MeterPart {
  readonly kind: 'rules' | 'repository' | 'conversation' | 'attachments' | 'message' | 'answer';
  readonly tokens: number;
  readonly exact: boolean;
}

/** How the model's window would be filled if the message were sent now; tokens as the server counts them. */
export interface MeterView {
  readonly window: number;
  readonly parts: readonly MeterPart[];
  /** Tokens that do not fit; 0 where all does. */
  readonly over: number;
  /** The chip that had best be taken away. */
  readonly remove?: Pick<Chip, 'id' | 'label' | 'tokens'>;
  /** What does not go along, the first of them, each with its reason in the user's language. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** How many more do not. */
  readonly leftOutBeside: number;
}

/** What the user decided about a proposed edit. */
export type Decision = 'pending' | 'accepted' | 'rejected';

/** Lines that change together. */
export interface HunkView {
  readonly decision: Decision;
  /** 1-based line of the file as it was, at which it begins. */
  readonly line: number;
  /** Its lines, each behind a space, a minus or a plus; long ones are cut in the middle. */
  readonly lines: readonly string[];
}

/** One file of a refactor. */
export interface FileView {
  readonly path: string;
  readonly kind: 'change' | 'make' | 'delete' | 'rename';
  /** The new path of a file that is renamed. */
  readonly to?: string;
  readonly added: number;
  readonly removed: number;
  readonly decision: Decision | 'partly';
  /** Judged one by one; empty for a file that can only be taken whole. */
  readonly hunks: readonly HunkView[];
  /** What the proposed text has broken, as far as its syntax and language services tell; each a line in the user's language. */
  readonly problems: readonly string[];
}

/** A file whose edits are still arriving. */
export interface ArrivingFile {
  readonly path: string;
  readonly kind: FileView['kind'];
  readonly to?: string;
  /** Lines of the edits so far. */
  readonly added: number;
  readonly removed: number;
  /** Of the edit that came last: it is being written, it fits, or it does not and will be asked for again. */
  readonly state: 'writing' | 'applied' | 'refused';
}

/** One file of a plan. */
export interface PlanFileView {
  readonly path: string;
  readonly kind: FileView['kind'];
  readonly to?: string;
  /** What is to be done in it. */
  readonly what: string;
  /** Whether its edits are, or were, to be written. */
  readonly chosen: boolean;
  /** Why its edits cannot be written; it cannot be chosen then. */
  readonly problem?: string;
}

/** What a model wants to change, before it writes any edit. */
export interface PlanView {
  /** Characters of the turn's text that are the plan. */
  readonly length: number;
  /** Markdown. */
  readonly summary: string;
  readonly files: readonly PlanFileView[];
  readonly risks: readonly string[];
  /** It waits for the user, its edits are being written, or they were. */
  readonly state: 'open' | 'writing' | 'written';
}

/** A refactor that waits to be judged. */
export interface ProposalView {
  readonly id: string;
  readonly decision: Decision | 'partly';
  readonly files: readonly FileView[];
  /** Edits that could not be applied, each with its reason in the user's language. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
  /** The language service still looks for new problems. */
  readonly isChecking?: boolean;
}

/** What is judged at once: a hunk by its number from 0, a file, or where neither is named, all of it. */
export interface Judged {
  readonly path?: string;
  readonly hunk?: number;
}

/** A tool that the model used while it answered. */
export interface ToolUse {
  readonly id: string;
  readonly name: string;
  /** JSON as the model wrote it, which need not be valid; cut. */
  readonly arguments: string;
  readonly state: 'running' | 'done' | 'refused';
  /** What the model was told, cut. */
  readonly result?: string;
  /** Of all that it was told. */
  readonly tokens?: number;
}

/** A {@link ToolUse}, and where in the answer it stands. */
export interface ToolUseView extends ToolUse {
  /** Characters of the turn's text before it. */
  readonly after: number;
}

/** What the requests of one answer have taken together, in tokens and US dollars. */
export interface UsageView {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Undefined where no server tells. */
  readonly cachedTokens?: number;
  readonly cost?: number;
}

/** Something that went wrong, for the user. */
export interface ErrorView {
  readonly summary: string;
  readonly nextStep: string;
}

/** One message of the conversation as it is shown. */
export interface TurnView {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  /** Markdown for the assistant, plain text for the user. */
  readonly text: string;
  readonly reasoning: string;
  /** Milliseconds spent on reasoning, once it is over. */
  readonly reasoningTime?: number;
  /** What it waits for, while `status` is `waiting`, where more is known than that the model is silent. */
  readonly waitsFor?: string;
  readonly status: 'packing' | 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';
  /** Labels of the chips that went along, for a user's message. */
  readonly attached: readonly string[];
  /** What was read and used, e.g. "128,000 tokens from 412 files"; one line. */
  readonly note?: string;
  /** Those of its tools, of the parts of a plan, and of edits that were refused, together; the note has it in words. */
  readonly usage?: UsageView;
  readonly error?: ErrorView;
  readonly citations: readonly CitationView[];
  readonly plan?: PlanView;
  /** In the order in which they were called. */
  readonly tools?: readonly ToolUseView[];
  readonly proposal?: ProposalView;
  /** Characters of the text before each answer that mends edits which were refused. */
  readonly mends?: readonly number[];
  /** What share of the repository it was made from. */
  readonly coverage?: CoverageView;
  /** What it says it lacks. */
  readonly missing?: MissingView;
  /** How far a question about every file is. */
  readonly survey?: SurveyView;
  /** The files can be put back to what they were before this turn. */
  readonly canRestore?: boolean;
}

/** What a message can begin with. */
export interface CommandView {
  /** Without its slash. */
  readonly name: string;
  /** What it stands for, in the user's language. */
  readonly what: string;
}

/** Which backend answers, for the line below the input. */
export interface BackendView {
  /** Undefined while it is looked for. */
  readonly label?: string;
  readonly reason?: string;
  readonly error?: ErrorView;
}

/** Whether models may look into the repository with tools. */
export interface ToolsView {
  /** In this conversation, which keeps what it began with. */
  readonly isOn: boolean;
  /** In the next one. */
  readonly isOnNext: boolean;
}

/** Everything the page shows. */
export interface ChatState {
  readonly kind: ConversationKind;
  readonly turns: readonly TurnView[];
  readonly chips: readonly Chip[];
  /** Undefined while it is measured, and where no model reads. */
  readonly meter?: MeterView;
  readonly backend: BackendView;
  /** Absent where it is not known. */
  readonly tools?: ToolsView;
  /** True while an answer is on its way. */
  readonly busy: boolean;
  /** The edits of the answer that is on its way. */
  readonly arriving?: Arriving;
}

/** The edits so far of an answer that is on its way. */
export interface Arriving {
  /** The turn that they belong to. */
  readonly id: string;
  readonly files: readonly ArrivingFile[];
}

/** From the host to the page. */
export type HostMessage =
  | { readonly type: 'state'; readonly state: ChatState; readonly l10n: Readonly<Record<string, string>> }
  /** Adds a turn, or replaces the one with the same id. */
  | { readonly type: 'turn'; readonly turn: TurnView; readonly busy: boolean }
  /** Adds to the turn's text or reasoning. */
  | { readonly type: 'append'; readonly id: string; readonly to: 'text' | 'reasoning'; readonly text: string }
  /** The edits of the turn that is being answered have changed; its proposal takes their place. */
  | ({ readonly type: 'arriving' } & Arriving)
  | { readonly type: 'chips'; readonly chips: readonly Chip[] }
  | { readonly type: 'meter'; readonly meter: MeterView | undefined }
  | { readonly type: 'backend'; readonly backend: BackendView }
  | { readonly type: 'tools'; readonly tools: ToolsView }
  /** The commands that there are now. */
  | { readonly type: 'commands'; readonly commands: readonly CommandView[] }
  /** Puts the keyboard into the input. */
  | { readonly type: 'focus' }
  /** A message that could not be sent: it goes back into the input, unless there is another one by now. */
  | { readonly type: 'draft'; readonly text: string }
  /** Pasted or dropped text that names no files of the folder: it goes into the input where the cursor is. */
  | { readonly type: 'insertText'; readonly text: string }
  /** What a sign in the input has asked for was chosen: the sign itself is no part of the message. */
  | { readonly type: 'chosen' };

/** Commands that the page may ask for by name. */
export const pageCommands = [
  'setApiKey',
  'selectBackend',
  'showLog',
  'refactorSelection',
  'askRepository',
  'askEverything',
  'chatHistory',
  'chatTools',
] as const;

/** One of {@link pageCommands}. */
export type PageCommand = (typeof pageCommands)[number];

/** From the page to the host. */
export type PageMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'send'; readonly text: string }
  | { readonly type: 'stop' }
  | { readonly type: 'newChat' }
  | { readonly type: 'toggleChip'; readonly id: string }
  /** Lets the user choose further context: a file, a symbol, or where neither is named, from any source. */
  | { readonly type: 'addContext'; readonly source?: 'file' | 'symbol' }
  /** A message is begun with a slash. */
  | { readonly type: 'askCommands' }
  /** Files and folders that were dropped or pasted, as addresses or absolute paths; `text` is what they were, for the input. */
  | { readonly type: 'addPaths'; readonly paths: readonly string[]; readonly text: string }
  /** What stands in the input, now that it rests. */
  | { readonly type: 'drafted'; readonly text: string }
  | { readonly type: 'open'; readonly path: string; readonly startLine: number; readonly endLine: number }
  /** Shows the diff of one proposed file. */
  | { readonly type: 'review'; readonly proposal: string; readonly path: string }
  | {
      readonly type: 'decide';
      readonly proposal: string;
      readonly decision: 'accepted' | 'rejected';
      readonly judged: Judged;
    }
  /** Takes a file into a plan, or out of it. */
  | { readonly type: 'planFile'; readonly turn: string; readonly path: string; readonly chosen: boolean }
  /** Lets the user choose a file to take into a plan. */
  | { readonly type: 'addToPlan'; readonly turn: string }
  /** Has the edits of a plan written. */
  | { readonly type: 'writePlan'; readonly turn: string }
  /** Has the last answer written anew. */
  | { readonly type: 'regenerate' }
  /** Says something else in place of an earlier message; what came after it is left behind. */
  | { readonly type: 'edit'; readonly turn: string; readonly text: string }
  /** Puts the files back to what they were before a turn. */
  | { readonly type: 'restore'; readonly turn: string }
  | { readonly type: 'copy'; readonly text: string }
  /** Puts code at the cursor of the editor, or into a file of its own. */
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: 'newFile'; readonly text: string; readonly language: string }
  | ReadingMessage
  | { readonly type: 'command'; readonly command: PageCommand };

/** How many files and folders may be dropped at once, and how long the name of one is, at the most. */
export const mostPaths = 50;
const longestPath = 4_096;

const isPath = (value: unknown): boolean => typeof value === 'string' && value.length <= longestPath;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isLine = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1;

const isJudged = (value: unknown): boolean =>
  isObject(value) &&
  (value.path === undefined || typeof value.path === 'string') &&
  (value.hunk === undefined ||
    (Number.isSafeInteger(value.hunk) && Number(value.hunk) >= 0 && value.path !== undefined));

/** Whether something that arrived from the page is one of its messages, whole. */
export function isPageMessage(value: unknown): value is PageMessage {
  if (!isObject(value)) return false;
  switch (value.type) {
    case 'ready':
    case 'stop':
    case 'newChat':
    case 'askCommands':
    case 'regenerate':
      return true;
    case 'addPaths':
      return (
        Array.isArray(value.paths) &&
        value.paths.length <= mostPaths &&
        value.paths.every(isPath) &&
        typeof value.text === 'string'
      );
    case 'send':
    case 'drafted':
    case 'copy':
    case 'insert':
      return typeof value.text === 'string';
    case 'newFile':
      return typeof value.text === 'string' && typeof value.language === 'string';
    case 'edit':
      return typeof value.turn === 'string' && typeof value.text === 'string';
    case 'restore':
    case 'addToPlan':
    case 'writePlan':
      return typeof value.turn === 'string';
    case 'planFile':
      return typeof value.turn === 'string' && typeof value.path === 'string' && typeof value.chosen === 'boolean';
    case 'toggleChip':
      return typeof value.id === 'string';
    case 'addContext':
      return value.source === undefined || value.source === 'file' || value.source === 'symbol';
    case 'open':
      return typeof value.path === 'string' && isLine(value.startLine) && isLine(value.endLine);
    case 'review':
      return typeof value.proposal === 'string' && typeof value.path === 'string';
    case 'decide':
      return (
        typeof value.proposal === 'string' &&
        (value.decision === 'accepted' || value.decision === 'rejected') &&
        isJudged(value.judged)
      );
    case 'command':
      return pageCommands.some((command) => command === value.command);
    default:
      return isReadingMessage(value);
  }
}
