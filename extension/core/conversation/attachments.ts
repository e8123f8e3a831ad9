import { fenceFor } from '../context/section.ts';

/** A piece of the workspace that goes along with a message. */
export interface Attachment {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  /** Absolute path of the folder that its path is relative to, where that is known: it need not be the conversation's. */
  readonly root?: string;
  /** 1-based, inclusive; absent for a whole file. */
  readonly lines?: readonly [startLine: number, endLine: number];
  /** The prompt begins with the file as it was before. */
  readonly isNewer?: true;
}

/** Names an attachment as people and citations do: `path` or `path:first-last`. */
export function placeName({ path, lines }: Pick<Attachment, 'path' | 'lines'>): string {
  return lines ? `${path}:${lines[0]}-${lines[1]}` : path;
}

/**
 * What an attachment puts into a message: its name, and its text in a fence. It ends with line breaks, at which cl100k_base
 * never joins tokens (glm-protocol.md 2.2), so that its tokens are exactly what it takes of a message.
 */
export function attachmentText(attachment: Attachment): string {
  const fence = fenceFor(attachment.text);
  const name = placeName(attachment);
  return `${attachment.isNewer ? `${name} has changed. It is now:` : name}\n${fence}${attachment.languageId}\n${attachment.text}\n${fence}\n\n`;
}

/** A message with its attachments before it: the question comes last, next to the answer. */
export function withAttachments(question: string, attachments: readonly Attachment[]): string {
  return attachments.map(attachmentText).join('') + question;
}

/** What sets an attachment apart from others of the same message: each place goes along once. */
export const placeKey = ({ path, lines }: Attachment): string => `${path} ${lines?.join('-') ?? ''}`;
