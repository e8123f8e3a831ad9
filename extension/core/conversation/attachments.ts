import { fenceFor } from '../context/section.ts';

/** A piece of the workspace that goes along with a message. */
export interface Attachment {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  /** 1-based, inclusive; absent for a whole file. */
  readonly lines?: readonly [startLine: number, endLine: number];
}

/** Names an attachment as people and citations do: `path` or `path:first-last`. */
export function placeName({ path, lines }: Pick<Attachment, 'path' | 'lines'>): string {
  return lines ? `${path}:${lines[0]}-${lines[1]}` : path;
}

/** A message with its attachments before it: the question comes last, next to the answer. */
export function withAttachments(question: string, attachments: readonly Attachment[]): string {
  const parts = attachments.map((attachment) => {
    const fence = fenceFor(attachment.text);
    return `${placeName(attachment)}\n${fence}${attachment.languageId}\n${attachment.text}\n${fence}`;
  });
  return [...parts, question].join('\n\n');
}
