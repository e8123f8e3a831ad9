import { join, relative } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileChange } from '../../core/conversation/edits/fileChanges.ts';
import { type CheckedFile, type LanguageCheck, newProblems } from '../../core/conversation/edits/languageCheck.ts';
import { unsavedIn } from '../place.ts';

/** Milliseconds after which a check is given up, files above which none is made, and problems that are told of a file. */
const patience = 20_000;
const mostFiles = 60;
const mostProblems = 5;

/** Characters of a message. */
const longest = 200;

/** Runs a check where it cannot block the editor. */
export type LanguageChecker = (check: LanguageCheck, signal: AbortSignal) => Promise<readonly CheckedFile[]>;

/** Finds new problems of changes to a folder; each list is for the change at its place. */
export type LanguageProblems = (
  root: string,
  changes: readonly FileChange[],
) => Promise<readonly (readonly string[])[]>;

/** Extension of the language service. */
const extension = 'vscode.typescript-language-features';

/** Whether a file is one of those that are checked here: TypeScript or JavaScript, unless the user has turned its problems off. */
export const isCheckedHere = (path: string): boolean => {
  const language = /\.[cm]?tsx?$/.test(path) ? 'typescript' : /\.[cm]?jsx?$/.test(path) ? 'javascript' : undefined;
  return language !== undefined && vscode.workspace.getConfiguration(language).get('validate.enable', true);
};

/** The texts after some changes, by absolute path; null for a file that goes. */
function textsAfter(root: string, changes: readonly FileChange[]): Record<string, string | null> {
  const texts: Record<string, string | null> = {};
  for (const change of changes) {
    if (change.kind === 'delete' || change.kind === 'rename') texts[join(root, change.path)] = null;
  }
  for (const change of changes) {
    if (change.kind !== 'delete') texts[join(root, change.kind === 'rename' ? change.to : change.path)] = change.after;
  }
  return texts;
}

function line(root: string, own: string, { path }: CheckedFile, problem: { line: number; message: string }): string {
  const message = problem.message.length > longest ? `${problem.message.slice(0, longest)}…` : problem.message;
  return path === own
    ? l10n.t('Line {0}: {1}', problem.line, message)
    : l10n.t('{0}, line {1}: {2}', relative(root, path).replaceAll('\\', '/'), problem.line, message);
}

/**
 * Finds new problems of changes with the TypeScript that comes with VS Code, for TypeScript and JavaScript. The files are
 * proposed together, and a language service takes what stands in no file only there: VS Code's own would be shown one file
 * at a time, beside others that do not fit it yet. So a service of our own is asked, that has all of them; nothing is opened
 * or written for it.
 */
export function languageProblems(run: LanguageChecker): LanguageProblems {
  return async (root, changes) => {
    const paths = changes.map((change) => join(root, change.kind === 'rename' ? change.to : change.path));
    if (!vscode.extensions.getExtension(extension) || !paths.some(isCheckedHere) || paths.length > mostFiles) return [];
    const unsaved = Object.entries(unsavedIn(root)).map(([path, text]) => [join(root, path), text] as const);
    const check: LanguageCheck = {
      library: join(vscode.env.appRoot, 'extensions', 'node_modules', 'typescript', 'lib', 'typescript.js'),
      root,
      unsaved: Object.fromEntries(unsaved),
      proposed: textsAfter(root, changes),
    };
    const found = await run(check, AbortSignal.timeout(patience));
    return changes.map((change, at) => {
      const own = paths[at] ?? '';
      const names = [own, join(root, change.path)];
      return found
        .filter(({ path, because }) => names.includes(because) && isCheckedHere(path))
        .flatMap((file) => newProblems(file).map((problem) => line(root, own, file, problem)))
        .slice(0, mostProblems);
    });
  };
}
