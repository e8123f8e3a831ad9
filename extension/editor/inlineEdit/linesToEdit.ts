import * as vscode from 'vscode';
import { statementAt } from '../../core/conversation/inlineEdit/statement.ts';

/** Milliseconds that a language service has to tell what stands at the cursor; it may be starting up. */
const patience = 400;

/** Lines that are taken for one statement, at the most. */
const mostLines = 400;

/** The narrowest range around the cursor that is made of whole lines, as the language sees them. */
async function wholeLines(document: vscode.TextDocument, at: vscode.Position): Promise<vscode.Range | undefined> {
  const asked = vscode.commands.executeCommand<vscode.SelectionRange[] | undefined>(
    'vscode.executeSelectionRangeProvider',
    document.uri,
    [at],
  );
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patience, undefined));
  const found = await Promise.race([Promise.resolve(asked).catch(() => undefined), late]);
  const covers = ({ start, end }: vscode.Range): boolean =>
    start.character <= document.lineAt(start.line).firstNonWhitespaceCharacterIndex &&
    end.character >= document.lineAt(end.line).text.trimEnd().length;
  // The widest is the whole document, which VS Code adds for languages without a service, too.
  for (let each = found?.[0]; each?.parent; each = each.parent) if (covers(each.range)) return each.range;
  return undefined;
}

/**
 * The whole lines that an edit is about, without the last one's line break: those of the first selection, or where nothing
 * is selected the statement or declaration at the cursor.
 */
export async function linesToEdit({ document, selection }: vscode.TextEditor): Promise<vscode.Range> {
  const { start, end, active } = selection;
  const lines = (first: number, last: number) => new vscode.Range(first, 0, last, document.lineAt(last).text.length);
  // A selection that ends at the beginning of a line does not mean that line.
  if (!selection.isEmpty) return lines(start.line, end.character === 0 ? end.line - 1 : end.line);
  if (document.lineAt(active.line).isEmptyOrWhitespace) return lines(active.line, active.line);
  const range = await wholeLines(document, active);
  const length = range && range.end.line - range.start.line;
  if (range && length && length < mostLines) return lines(range.start.line, range.end.line);
  const below = Array.from(
    { length: Math.min(mostLines, document.lineCount - active.line) },
    (_, i) => i + active.line,
  );
  const [, last] = statementAt(
    below.map((line) => document.lineAt(line).text),
    0,
  );
  return lines(active.line, active.line + last);
}
