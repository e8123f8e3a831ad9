import * as l10n from '@vscode/l10n';
import type { Attachment } from '../../core/conversation/attachments.ts';
import type { PlannedFile } from '../../core/conversation/plan/plan.ts';
import type { Glm } from '../../core/glm.ts';
import type { PlanFileView } from '../../protocol/chat.ts';
import { uriIn } from '../place.ts';
import { excludedPatterns } from '../settings.ts';
import { textOf } from './applyWritings.ts';

/** A file of a plan, with its text where there is one to send. */
export interface PlanTarget extends PlannedFile {
  /** What of it may be sent; undefined for a file that is made or only taken away. */
  readonly attachment?: Attachment;
  readonly tokens: number;
  /** Why its edits cannot be written. */
  readonly problem?: string;
}

/** Reads the files of a plan as the user sees them, and passes them through the gate. */
export async function readTargets(
  glm: Glm,
  root: string,
  files: readonly PlannedFile[],
  mostTokens: number,
  signal: AbortSignal,
): Promise<PlanTarget[]> {
  const read = await Promise.all(
    files.map(async (file) => {
      const uri = await uriIn(root, file.path);
      return { file, text: uri && (await textOf(uri)) };
    }),
  );
  const attachments = read.flatMap(({ file: { path, kind }, text }): Attachment[] =>
    text === undefined || text === '' || kind === 'delete' ? [] : [{ path, languageId: '', text }],
  );
  const screened = await glm.screen(root, attachments, excludedPatterns(), signal);
  const counts = await glm.count(
    screened.attachments.map(({ text }) => text),
    signal,
  );
  return read.map(({ file, text }): PlanTarget => {
    const at = screened.attachments.findIndex(({ path }) => path === file.path);
    const attachment = screened.attachments[at];
    const tokens = counts[at] ?? 0;
    const refused = screened.refused.find(({ path }) => path === file.path);
    const isThere = text !== undefined;
    if (!isThere && (file.kind === 'delete' || file.kind === 'rename')) {
      return { ...file, tokens: 0, problem: l10n.t('there is no such file') };
    }
    if (refused) return { ...file, tokens: 0, problem: refused.reason };
    if (tokens > mostTokens) return { ...file, tokens, problem: l10n.t('too long to be edited in one answer') };
    // Models mark what is new badly: what is there decides.
    const kind = file.kind === 'make' && isThere ? 'change' : file.kind === 'change' && !isThere ? 'make' : file.kind;
    return { ...file, kind, tokens, ...(attachment ? { attachment } : {}) };
  });
}

/** A file of a plan as the page shows it. */
export function planFileView({ path, kind, to, what, problem }: PlanTarget): PlanFileView {
  return {
    path,
    kind,
    ...(to === undefined ? {} : { to }),
    what,
    chosen: problem === undefined,
    ...(problem === undefined ? {} : { problem }),
  };
}
