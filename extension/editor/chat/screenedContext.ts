import * as l10n from '@vscode/l10n';
import { type Attachment, attachmentText } from '../../core/conversation/attachments.ts';
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

/** Passes attachments through the gate, and counts what is left of them. Rejects where that cannot be told. */
export async function screenContext(
  glm: Pick<Glm, 'screen' | 'count'>,
  root: string | undefined,
  attachments: readonly Attachment[],
  outer: AbortSignal,
): Promise<ScreenedContext> {
  const signal = AbortSignal.any([outer, AbortSignal.timeout(patience)]);
  const inside: Attachment[] = [];
  const outside: Omission[] = [];
  for (const attachment of attachments) {
    const { path } = attachment;
    if (root === undefined || (await staysInside(root, path))) inside.push(attachment);
    else outside.push({ path, reason: l10n.t('leads out of the folder') });
  }
  const screened = await glm.screen(root, inside, excludedPatterns(), signal);
  const counts = await glm.count(screened.attachments.map(attachmentText), signal);
  return {
    counted: screened.attachments.map((attachment, i) => ({ attachment, tokens: counts[i] ?? 0 })),
    refused: [...outside, ...screened.refused],
  };
}
