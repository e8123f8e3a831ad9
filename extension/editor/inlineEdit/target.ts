import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { failure } from '../../core/backend/failures.ts';
import type { EditTarget } from '../../core/conversation/inlineEdit/target.ts';
import type { Glm } from '../../core/glm.ts';
import { leftOutByName } from '../../core/repository/leftOut.ts';
import { EditsRefused } from '../failure.ts';
import { cellsAround } from '../inline/cells.ts';
import { isCompleted } from '../inline/requestAt.ts';
import { placeOf } from '../place.ts';
import type { PendingEdit } from './pendingEdit.ts';

/** Milliseconds that the look for a backend may take before the instruction is asked for. */
const patience = 10_000;

async function isReadonly(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme !== 'file') return false;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) !== 0;
  } catch {
    // It was deleted; what is on the screen can still be edited.
    return false;
  }
}

/**
 * Makes sure that a document can be edited by a model, before the user has written what to do.
 * @throws EditsRefused, or BackendError where no model is connected.
 */
export async function ensureEditable(document: vscode.TextDocument, glm: Pick<Glm, 'probe'>): Promise<void> {
  const { path } = placeOf(document.uri);
  if (!isCompleted(document)) throw new EditsRefused(l10n.t('{0} is no file that can be edited.', path));
  const characters = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
  const reason = leftOutByName(path, characters);
  if (reason) throw new EditsRefused(l10n.t('{0} is not sent to a model: {1}.', path, reason));
  if (await isReadonly(document.uri)) throw new EditsRefused(l10n.t('{0} is read-only.', path));
  const { backend } = await glm.probe(AbortSignal.timeout(patience));
  if (!backend.writesEdits)
    throw failure('no-model', { kind: 'local', origin: '', model: '' }, 'edit with the matcher');
}

const plain = (text: string): string => text.replaceAll('\r\n', '\n');

/** What an edit is about, in the core's terms; the other cells of a notebook stand around a cell. */
export function targetOf({ document, span, original }: PendingEdit): EditTarget {
  const text = document.getText();
  const around = cellsAround(document);
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  const { insertSpaces, tabSize } = editor?.options ?? {};
  return {
    path: placeOf(document.uri).path,
    languageId: document.languageId,
    before: around.above + plain(text.slice(0, span.start)),
    selected: original,
    after: plain(text.slice(span.end)) + around.below,
    insertSpaces: insertSpaces !== false,
    tabSize: typeof tabSize === 'number' ? tabSize : 4,
  };
}
