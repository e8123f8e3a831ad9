import type { ConversationKind } from '../../protocol/chat.ts';
import { editFormat } from './edits/format.ts';

/** What every conversation begins with. It never changes within one: it is the head of the cached prompt. */
const identity = `You are GLM Coder, a programming assistant inside an editor. Be exact and brief. \
Answer in the language of the user's question. Format answers as Markdown; put code in fenced blocks with their language.`;

const repository = `The files of the user's repository follow, each after a line "###PATH: path" \
or, for a part of a file, "###PATH: path:firstLine-lastLine".`;

const duties = (prefersWhole: boolean): Readonly<Record<ConversationKind, string>> => ({
  // Answers cite places that the editor turns into links.
  ask: `Answer from the repository below. After each claim about the code cite where it stands as \`path:line\` or \
\`path:firstLine-lastLine\`, in backticks, with the path as given and 1-based lines counted from the file's first line. \
If the files do not hold the answer, or only a part of it, say so, do not guess, and end with one line "MISSING: " \
and what you would need to see, in few words; write that line only then.`,
  chat: 'Refer to code as `path:line`.',
  // The one format that is applied (peers-chat.md section 2).
  edit: `Change the user's code as asked. Before the blocks say in one or two sentences what you change; write no other code.
${editFormat(prefersWhole)}`,
});

/** What an inline edit begins with, which is no conversation: one question, one answer. */
export const rewriteRules = (project = ''): string =>
  `You are GLM Coder, a programming assistant inside an editor. You write marked lines of a file anew as the user asks. \
Answer with the complete new text of the marked lines in one fenced code block, and with nothing else: no explanation, no marks, \
none of the lines around them. Leave nothing out; keep what the user does not want changed as it is, its indentation included. \
An empty block deletes the lines.${project && `\n\n${project}`}`;

/** The rules of a request that has no repository to read, but something to do with what was said about it. */
export const rulesWithout = (duty: string, project = ''): string =>
  [`${identity}\n${duty}`, ...(project ? [`\n${project}`] : [])].join('\n');

/**
 * The rules of a kind of conversation, with the project's own, which are empty where it has none. `prefersWhole` asks for
 * whole files in place of blocks; it stays the same within a conversation.
 */
export const rulesFor = (kind: ConversationKind, project = '', prefersWhole = false): string =>
  [`${identity}\n${duties(prefersWhole)[kind]}`, ...(project ? [`\n${project}\n`] : []), repository].join('\n');
