import * as vscode from 'vscode';

/** The file whose tab shows a document: that of the notebook, for a cell. */
function fileOf(document: vscode.TextDocument): vscode.Uri {
  const holds = (notebook: vscode.NotebookDocument): boolean =>
    notebook.getCells().some((cell) => cell.document === document);
  return vscode.workspace.notebookDocuments.find(holds)?.uri ?? document.uri;
}

/** Whether any tab shows a document, by itself or in a diff. */
export function hasTab(document: vscode.TextDocument): boolean {
  const file = fileOf(document).toString();
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => {
      if (input instanceof vscode.TabInputTextDiff)
        return input.original.toString() === file || input.modified.toString() === file;
      const isFile = input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook;
      return isFile && input.uri.toString() === file;
    });
}
