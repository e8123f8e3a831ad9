import type { Packer } from '../ports.ts';
import { withoutSecrets } from '../repository/secrets/withoutSecrets.ts';
import type { Attachment } from './attachments.ts';

/** What of some attachments may be sent. */
export interface Screened {
  readonly attachments: readonly Attachment[];
  /** What was left out, each with its reason in the user's language. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
}

/** Passes attachments through the gate that all of the repository passes: ignored files stay, secrets are blotted out. */
export async function screenAttachments(
  packer: Pick<Packer, 'screen'>,
  root: string | undefined,
  attachments: readonly Attachment[],
  exclude: readonly string[],
  signal: AbortSignal,
): Promise<Screened> {
  const refused: { path: string; reason: string }[] = [];
  const passed: Attachment[] = [];
  for (const attachment of attachments) {
    const { path, text } = attachment;
    const screening = await packer.screen({ root, path, text, exclude }, signal);
    if ('refused' in screening) refused.push({ path, reason: screening.refused });
    else passed.push({ ...attachment, text: withoutSecrets(text, screening.secrets) });
  }
  return { attachments: passed, refused };
}
