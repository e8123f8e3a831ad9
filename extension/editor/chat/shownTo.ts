import type { Glm } from '../../core/glm.ts';
import { excludedPatterns } from '../settings.ts';
import type { ProposalPorts } from './proposals.ts';

/** Milliseconds for files to be searched for secrets. */
const patience = 20_000;

/** Tells what of some files a model may see. Rejects where that cannot be told. */
export function shownTo(glm: Pick<Glm, 'screen'>): NonNullable<ProposalPorts['shown']> {
  return async (root, texts) => {
    const attachments = [...texts].map(([path, text]) => ({ path, languageId: '', text }));
    const screened = await glm.screen(root, attachments, excludedPatterns(), AbortSignal.timeout(patience));
    return new Map(screened.attachments.map(({ path, text }) => [path, text]));
  };
}
