import type { ConversationKind } from '../../protocol/chat.ts';

/** What a message that begins with a command stands for. */
export interface SlashCommand {
  readonly name: string;
  /** The kind of conversation that it needs. */
  readonly kind: ConversationKind;
  /** What the model is asked, before the user's further words. */
  readonly instruction: string;
  /** What goes along by itself: the changes that are staged, the selection or file that the user has open, or nothing. */
  readonly takes: 'staged' | 'editor' | 'nothing';
}

/** The commands that can be typed in the input. */
export const slashCommands: readonly SlashCommand[] = [
  {
    name: 'refactor',
    kind: 'edit',
    takes: 'editor',
    instruction: 'Refactor the attached code without changing what it does.',
  },
  {
    name: 'plan',
    kind: 'edit',
    takes: 'nothing',
    instruction: 'Change the code as said below, wherever in the repository that is needed.',
  },
  {
    name: 'fix',
    kind: 'edit',
    takes: 'editor',
    instruction: 'Find what is wrong in the attached code and fix it. Change nothing else.',
  },
  {
    name: 'tests',
    kind: 'edit',
    takes: 'editor',
    instruction:
      'Write tests for the attached code, in the framework and style that the project uses, in a file where such tests belong.',
  },
  {
    name: 'docs',
    kind: 'edit',
    takes: 'editor',
    instruction: "Document the attached code in the language's own form of documentation comments. Change no code.",
  },
  {
    name: 'explain',
    kind: 'chat',
    takes: 'editor',
    instruction: 'Explain the attached code: what it is for, how it works, and what is easily overlooked.',
  },
  {
    name: 'review',
    kind: 'chat',
    takes: 'editor',
    instruction:
      'Review the attached code. Name defects first, the gravest first, each with its line; then what could be simpler.',
  },
  {
    // The user's own words are all there is to say; that every file is asked about is what it stands for.
    name: 'all',
    kind: 'ask',
    takes: 'nothing',
    instruction: '',
  },
  {
    name: 'commit',
    kind: 'chat',
    takes: 'staged',
    instruction:
      'Write a commit message for the attached changes: a subject of at most 72 characters in the imperative, and where the reason is not obvious a body that gives it. Answer with the message alone, in a code block.',
  },
];

/** Names of prompt files: `.glm/prompts/NAME.md`. */
const name = /^\/([\p{L}\p{N}_-]+)(?:\s+|$)/u;

/** The command that a message begins with, and the user's further words; undefined where it begins with none. */
export function slashIn(text: string): { readonly name: string; readonly rest: string } | undefined {
  const found = name.exec(text);
  return found?.[1] === undefined ? undefined : { name: found[1], rest: text.slice(found[0].length).trim() };
}

/** Where a prompt file of the user's stands, relative to the folder. */
export const promptFile = (command: string): string => `.glm/prompts/${command}.md`;

/**
 * What a model is told for a message: commands are written out. A command that is none of ours is the name of a prompt file,
 * which is attached.
 */
export function writtenOut(text: string, attached: readonly string[]): string {
  const slash = slashIn(text);
  if (!slash) return text;
  const command = slashCommands.find(({ name: known }) => known === slash.name);
  if (command) return [command.instruction, slash.rest].filter(Boolean).join('\n\n');
  const file = promptFile(slash.name);
  if (!attached.includes(file)) return text;
  return [`Do what ${file} says, which is attached.`, slash.rest].filter(Boolean).join('\n\n');
}
