import * as vscode from 'vscode';
import { lexiconOf } from '../../core/completion/lexicon.ts';
import { notebookOf } from '../place.ts';

/** What stands above and below a cell in its notebook. */
interface Cells {
  readonly above: string;
  readonly below: string;
}

/** Characters of other cells, at the most; those next to the cell count. */
const mostAbove = 40_000;
const mostBelow = 8_000;

const none: Cells = { above: '', below: '' };

function textOf({ kind, document }: vscode.NotebookCell, comment: string): string {
  const text = document.getText().replaceAll('\r\n', '\n').trimEnd();
  if (text === '') return '';
  if (kind === vscode.NotebookCellKind.Code) return `${text}\n\n`;
  return `${text.replaceAll(/^/gm, `${comment} `)}\n\n`;
}

/** The other cells of a cell's notebook as one program, prose as comments; empty for other documents. */
export function cellsAround(document: vscode.TextDocument): Cells {
  const cells = notebookOf(document.uri)?.getCells() ?? [];
  const own = cells.findIndex((cell) => cell.document === document);
  if (own < 0) return none;
  const [comment = '#'] = lexiconOf(document.languageId).lineComments;
  const join = (some: readonly vscode.NotebookCell[]) => some.map((cell) => textOf(cell, comment)).join('');
  const below = join(cells.slice(own + 1)).slice(0, mostBelow);
  return { above: join(cells.slice(0, own)).slice(-mostAbove), below: below && `\n\n${below}` };
}
