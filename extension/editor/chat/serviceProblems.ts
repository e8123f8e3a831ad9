import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { newProblems, type Problem } from '../../core/conversation/edits/languageCheck.ts';

/** Milliseconds without a word from a service after which it is believed: the texts of a file are not looked into at once. */
const quiet = 800;

/** Problems that are told of a file, and characters of one. */
const mostProblems = 5;
const longest = 200;

/** A text that is proposed for a file, and those it is compared with, all of them as addresses of documents. */
export interface ProposedText {
  readonly after: vscode.Uri;
  /** The file as it is, and the text that the edits were read against; none for a new file. */
  readonly before: readonly vscode.Uri[];
}

/** Hears what language services say of proposed texts. */
export interface ServiceProblems extends vscode.Disposable {
  /** Opens a text and those it is compared with, unseen, for services that speak of all that is open. */
  follow(text: ProposedText): Promise<void>;
}

/** Problems of a document by its services; hints and advice are none. */
const problemsIn = (uri: vscode.Uri): Problem[] =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning)
    .map(({ range, message }) => ({ line: range.start.line + 1, message: message.split('\n')[0] ?? '' }));

/** What stands in the later lists too is known once, not once for each. */
const together = (lists: readonly Problem[][]): Problem[] =>
  lists.reduce<Problem[]>((before, after) => before.concat(newProblems({ before, after })), []);

const isInTab = (address: string): boolean =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === address);

/**
 * Follows what the language services of the editor, be they its own or those of other extensions, find wrong in proposed
 * texts and not in those before them; `found` is told of it, and says whether that text is still to be followed. A proposed text is a document that is no file:
 * services that take such documents are heard. Some speak of every open document, others (JSON, CSS, HTML) only of those
 * in a tab, so of these as soon as their diff is opened.
 */
export function followServices(found: (after: vscode.Uri, problems: readonly string[]) => boolean): ServiceProblems {
  const followed = new Map<string, ProposedText>();
  const shown = new Set<string>();
  const stirred = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
    for (const address of stirred) {
      const text = followed.get(address);
      // A service takes back all it has said of a document when that is closed, or is out of sight.
      const isOver = !open.has(address) || (shown.has(address) && !isInTab(address));
      if (!text || isOver) continue;
      if (isInTab(address)) shown.add(address);
      const news = newProblems({ before: together(text.before.map(problemsIn)), after: problemsIn(text.after) });
      const lines = news.map(({ line, message }) => {
        const cut = message.length > longest ? `${message.slice(0, longest)}…` : message;
        return l10n.t('Line {0}: {1}', line, cut);
      });
      if (!found(text.after, lines.slice(0, mostProblems))) followed.delete(address);
    }
    stirred.clear();
  }

  function stir(address: string): void {
    stirred.add(address);
    clearTimeout(timer);
    timer = setTimeout(tell, quiet);
  }

  const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    const changed = new Set(uris.map(String));
    for (const [address, { after, before }] of followed) {
      if ([after, ...before].some((uri) => changed.has(uri.toString()))) stir(address);
    }
  });

  return {
    async follow(text) {
      followed.set(text.after.toString(), text);
      // A text that cannot be opened, such as that of a binary file, has no service.
      for (const uri of [...text.before, text.after]) {
        await Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => {});
      }
      // Its diff may be open, and spoken of, already.
      stir(text.after.toString());
    },
    dispose() {
      clearTimeout(timer);
      listening.dispose();
      followed.clear();
    },
  };
}
