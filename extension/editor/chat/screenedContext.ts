import { basename } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Attachment, attachmentText } from '../../core/conversation/attachments.ts';
import type { Screened } from '../../core/conversation/screened.ts';
import type { Glm } from '../../core/glm.ts';
import type { Omission } from '../../core/pack.ts';
import { staysInside } from '../realPath.ts';
import { excludedPatterns } from '../settings.ts';

/** An attachment as it will be sent, and exactly what it takes of a message. */
export interface Counted {
  readonly attachment: Attachment;
  readonly tokens: number;
}

/** What of some context goes along. */
export interface ScreenedContext {
  readonly counted: readonly Counted[];
  readonly refused: readonly Omission[];
}

/** Milliseconds after which context counts as one that cannot be searched for secrets. */
const patience = 20_000;

/** Attachments by the folder that they belong to: the conversation's, or another one that is open. */
function byFolder(root: string | undefined, attachments: readonly Attachment[]): Map<string | undefined, Attachment[]> {
  const folders = new Map<string | undefined, Attachment[]>();
  for (const attachment of attachments) {
    const own = root === undefined ? undefined : (attachment.root ?? root);
    folders.set(own, [...(folders.get(own) ?? []), attachment]);
  }
  return folders;
}

/**
 * What of attachments may be sent: nothing that a symbolic link leads to outside of its folder. Those of another folder than the
 * conversation's are named after it from then on: a path of its own would be taken for a file of the conversation's.
 * Rejects where that cannot be told.
 */
export async function screen(
  glm: Pick<Glm, 'screen'>,
  root: string | undefined,
  attachments: readonly Attachment[],
  outer: AbortSignal,
): Promise<Screened> {
  const signal = AbortSignal.any([outer, AbortSignal.timeout(patience)]);
  const passed: Attachment[] = [];
  const refused: Omission[] = [];
  for (const [folder, own] of byFolder(root, attachments)) {
    const name = folder === root ? '' : `${basename(folder ?? '')}/`;
    const inside: Attachment[] = [];
    for (const attachment of own) {
      const { path } = attachment;
      if (folder === undefined || (await staysInside(folder, path))) inside.push(attachment);
      else refused.push({ path: name + path, reason: l10n.t('leads out of the folder') });
    }
    const screened = await glm.screen(folder, inside, excludedPatterns(), signal);
    const named = ({ root: _, ...rest }: Attachment): Attachment => ({ ...rest, path: name + rest.path });
    passed.push(...(name === '' ? screened.attachments : screened.attachments.map(named)));
    refused.push(...screened.refused.map(({ path, reason }) => ({ path: name + path, reason })));
  }
  return { attachments: passed, refused };
}

/** Screens attachments, and counts what is left of them. Rejects as {@link screen} does. */
export async function screenContext(
  glm: Pick<Glm, 'screen' | 'count'>,
  root: string | undefined,
  attachments: readonly Attachment[],
  signal: AbortSignal,
): Promise<ScreenedContext> {
  const { attachments: passed, refused } = await screen(glm, root, attachments, signal);
  const counts = await glm.count(passed.map(attachmentText), signal);
  return { counted: passed.map((attachment, i) => ({ attachment, tokens: counts[i] ?? 0 })), refused };
}
