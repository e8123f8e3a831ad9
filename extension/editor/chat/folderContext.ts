import * as l10n from '@vscode/l10n';
import type { Glm } from '../../core/glm.ts';
import { unsavedIn } from '../place.ts';
import { excludedPatterns, readSettings } from '../settings.ts';
import type { ChosenContext } from './addedContext.ts';

/**
 * Tokens of a folder that go along, at the most. Beside the cached pack, a request for edits is to stay near 25K
 * (DESIGN.md section 2): what is attached is read anew where the conversation goes another way.
 */
const mostTokens = 24_000;

/** The share of the model's window that a folder may take. */
const share = 1 / 3;

/** How much of a folder goes along with a model of this window. */
const budgetFor = (window: number): number =>
  Math.min(mostTokens, readSettings().context.budget, Math.floor(window * share));

/**
 * A folder as context: its readable files, whole, as far as they fit.
 * @param path relative to the root, without a slash at its end; empty for the root itself
 */
export async function folderContext(
  glm: Pick<Glm, 'pack' | 'probe'>,
  root: string,
  path: string,
  signal: AbortSignal,
): Promise<ChosenContext> {
  const { backend } = await glm.probe(signal);
  const request = { root, budget: budgetFor(backend.window), overlay: unsavedIn(root), exclude: excludedPatterns() };
  const { text, omitted, files } = await glm.pack({ ...request, ...(path ? { within: path } : {}) }, signal);
  const label = folderLabel(root, path);
  const leftOut = omitted.length === 0 && files.length === 0 ? [{ path: label, reason: l10n.t('empty') }] : omitted;
  // The gate has taken the secrets out of each file.
  return { label, leftOut, attachments: text === '' ? [] : [{ root, path: label, languageId: '', text }] };
}

/** What a folder is called: its path with a slash at the end. */
export const folderLabel = (root: string, path: string): string =>
  `${path || (root.split(/[\\/]/).findLast(Boolean) ?? '')}/`;
