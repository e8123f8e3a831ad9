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

/** What of attachments may be sent: nothing that a symbolic link leads to outside of the folder. Rejects where that cannot be told. */
export async function screen(
  glm: Pick<Glm, 'screen'>,
  root: string | undefined,
  attachments: readonly Attachment[],
  outer: AbortSignal,
): Promise<Screened> {
  const signal = AbortSignal.any([outer, AbortSignal.timeout(patience)]);
  const inside: Attachment[] = [];
  const outside: Omission[] = [];
  for (const attachment of attachments) {
    const { path } = attachment;
    if (root === undefined || (await staysInside(root, path))) inside.push(attachment);
    else outside.push({ path, reason: l10n.t('leads out of the folder') });
  }
  const screened = await glm.screen(root, inside, excludedPatterns(), signal);
  return { ...screened, refused: [...outside, ...screened.refused] };
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
