import type { ChatMessage } from '../../backend/backend.ts';

/** What one part found. */
export interface Finding {
  /** From 1. */
  readonly part: number;
  readonly text: string;
}

const withLast = (messages: readonly ChatMessage[], rewrite: (content: string) => string): ChatMessage[] =>
  messages.map((message, at) =>
    at === messages.length - 1 ? { ...message, content: rewrite(message.content) } : message,
  );

/** The conversation with its last message put to one part of the repository. */
export const askPart = (messages: readonly ChatMessage[], part: number, of: number): ChatMessage[] =>
  withLast(
    messages,
    (content) => `The files above are part ${part} of ${of} of the repository; the other parts are asked on their own. \
Answer for this part alone and completely: every finding on a line of its own, with its citation, without introduction \
or summary. If this part holds nothing that the question asks for, answer with the one word NONE.

${content}`,
  );

/** The conversation with its last message put to what the parts found. */
export const askMerge = (messages: readonly ChatMessage[], findings: readonly Finding[], of: number): ChatMessage[] =>
  withLast(messages, (content) =>
    [
      ...findings.map(({ part, text }) => `Findings in part ${part} of ${of}:\n\n${text}`),
      `Put these findings together into one answer to what follows.`,
      content,
    ].join('\n\n'),
  );

/** The duty of the last request, which has no repository to read. */
export const mergeDuty = `The repository was read in parts; what was found in each stands in the user's message. Put it \
together: name each place once, keep every citation exactly as it is given, in backticks, leave out nothing that answers \
the question, and add nothing that was not found.`;

/** Whether a part says that it holds nothing. */
export const isNothing = (answer: string): boolean =>
  /^[\s*_`"'>-]*(?:NONE|None|none|NOTHING|无|没有)[\s*_`"'.。!！]*$/.test(answer) || answer.trim() === '';
