import type { FileReader, Packer } from '../ports.ts';
import { screenAttachments } from './screened.ts';

/** Where a project keeps its rules for assistants: the file that several tools share, and our own. */
const ruleFiles = ['AGENTS.md', '.glm/rules.md'] as const;

/** Bytes that are read of each: they are at the head of every prompt. */
const mostBytes = 24_000;

/** A project's own rules, as the head of a prompt has them; empty where it has none. Never rejects but for the signal. */
export async function readProjectRules(
  ports: { readonly files: FileReader; readonly packer: Pick<Packer, 'screen'> },
  root: string,
  exclude: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const parts: string[] = [];
  for (const path of ruleFiles) {
    try {
      const read = await ports.files.read(root, path, mostBytes);
      const text = 'bytes' in read ? new TextDecoder().decode(read.bytes).trim() : '';
      if (text === '') continue;
      const { attachments } = await screenAttachments(
        ports.packer,
        root,
        [{ path, languageId: 'markdown', text }],
        exclude,
        signal,
      );
      for (const each of attachments) parts.push(`The project's own rules, from ${path}:\n\n${each.text}`);
    } catch {
      // What is not there, or cannot be screened, is not sent.
      signal.throwIfAborted();
    }
  }
  return parts.join('\n\n');
}
