import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Attachment } from '../../core/conversation/attachments.ts';
import { filesOfDiff } from '../../core/conversation/filesOfDiff.ts';
import type { Glm } from '../../core/glm.ts';
import { repositoryOf } from '../git.ts';
import { activeRoot, placeOf } from '../place.ts';
import { excludedPatterns } from '../settings.ts';
import type { ChosenContext, ComingContext } from './addedContext.ts';
import { wholeOf } from './chips.ts';
import { folderContext, folderLabel } from './folderContext.ts';
import { fileContext } from './placeContext.ts';
import { chooseSymbol } from './symbolContext.ts';

/** Where context can come from. */
export type ContextSource =
  | 'file'
  | 'folder'
  | 'repository'
  | 'symbol'
  | 'openTabs'
  | 'problems'
  | 'staged'
  | 'unstaged'
  | 'terminal';

/** Files that can be chosen from, and problems that are told, at the most. */
const mostFiles = 20_000;
const mostProblems = 200;

async function documentAt(uri: vscode.Uri): Promise<Attachment | undefined> {
  try {
    return wholeOf(await vscode.workspace.openTextDocument(uri));
  } catch {
    // Pictures and the like are no text.
    return undefined;
  }
}

/** Lets the user choose one of the workspace's files. */
async function pickFile(): Promise<{ readonly label: string; readonly uri: vscode.Uri } | undefined> {
  const exclude = `{${excludedPatterns().join(',')}}`;
  const files = vscode.workspace.findFiles('**/*', exclude === '{}' ? undefined : exclude, mostFiles);
  const items = files.then((uris) =>
    uris.map((uri) => ({ label: placeOf(uri).path, uri })).sort((a, b) => a.label.localeCompare(b.label)),
  );
  return vscode.window.showQuickPick(items, { title: l10n.t('Add a File'), matchOnDescription: true });
}

/** Lets the user choose a file by its path in the folder. */
export const choosePath = async (): Promise<string | undefined> => (await pickFile())?.label;

async function chooseFile(): Promise<ChosenContext | undefined> {
  const picked = await pickFile();
  return picked && fileContext(picked.uri);
}

/** The folders that hold the files, each once, by path. */
function foldersOf(paths: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
      folders.add(path.slice(0, end));
  }
  return [...folders].sort((a, b) => a.localeCompare(b));
}

async function chooseFolder(glm: Glm): Promise<ComingContext | undefined> {
  const root = activeRoot();
  if (root === undefined) return undefined;
  const exclude = `{${excludedPatterns().join(',')}}`;
  const pattern = new vscode.RelativePattern(root, '**/*');
  const files = vscode.workspace.findFiles(pattern, exclude === '{}' ? undefined : exclude, mostFiles);
  const items = files.then((uris) =>
    foldersOf(uris.map((uri) => placeOf(uri).path)).map((path) => ({ label: folderLabel(root, path), path })),
  );
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Add a Folder'),
    placeHolder: l10n.t('Its readable files go along whole, as far as they fit'),
  });
  return picked && { label: picked.label, read: (signal) => folderContext(glm, root, picked.path, signal) };
}

async function openTabs(): Promise<ChosenContext> {
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: own }) => own);
  const uris = tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  const texts = await Promise.all(uris.filter(({ scheme }) => scheme === 'file').map(documentAt));
  return { label: l10n.t('Open tabs'), attachments: texts.filter((each) => each !== undefined) };
}

function problems(): ChosenContext {
  const names = ['error', 'warning', 'information', 'hint'] as const;
  const lines = vscode.languages
    .getDiagnostics()
    .filter(([{ scheme }]) => scheme === 'file')
    .flatMap(([uri, all]) =>
      all
        .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning)
        .map(
          ({ severity, message, range }) =>
            `${placeOf(uri).path}:${range.start.line + 1}: ${names[severity]}: ${message}`,
        ),
    )
    .slice(0, mostProblems);
  const text = lines.join('\n');
  const label = l10n.t('Problems');
  return { label, attachments: text === '' ? [] : [{ path: 'problems', languageId: 'text', text }] };
}

async function changes(isStaged: boolean): Promise<ChosenContext> {
  const root = activeRoot();
  const repository = root === undefined ? undefined : await repositoryOf(root);
  const diff = (await repository?.diff(isStaged)) ?? '';
  // File by file, since each has to pass the gate under its own name.
  const attachments = filesOfDiff(diff).map(({ path, text }) => ({ path, languageId: 'diff', text: text.trimEnd() }));
  return { label: isStaged ? l10n.t('Staged changes') : l10n.t('Unstaged changes'), attachments };
}

async function terminalSelection(): Promise<ChosenContext> {
  // VS Code tells the selection of a terminal by the clipboard only; what was in it is put back.
  const before = await vscode.env.clipboard.readText();
  let text = '';
  try {
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    text = (await vscode.env.clipboard.readText()).trim();
  } finally {
    await vscode.env.clipboard.writeText(before);
  }
  const label = l10n.t('Terminal selection');
  return { label, attachments: text === '' ? [] : [{ path: 'terminal', languageId: 'text', text }] };
}

/** A source that lists what it has at once. */
type PlainSource = Exclude<ContextSource, 'repository' | 'folder' | 'symbol'>;

/** Collects what a source has; undefined where the user chose nothing. */
export async function collectContext(source: PlainSource): Promise<ChosenContext | undefined> {
  switch (source) {
    case 'file':
      return chooseFile();
    case 'openTabs':
      return openTabs();
    case 'problems':
      return problems();
    case 'staged':
      return changes(true);
    case 'unstaged':
      return changes(false);
    case 'terminal':
      return terminalSelection();
  }
}

/** Has the user choose from a source, or from any; undefined where they chose nothing. */
export async function chooseContext(
  glm: Glm,
  wanted: ContextSource | undefined,
): Promise<ChosenContext | ComingContext | 'repository' | undefined> {
  const source = wanted ?? (await chooseSource());
  if (source === undefined || source === 'repository') return source;
  if (source === 'folder') return chooseFolder(glm);
  return source === 'symbol' ? chooseSymbol(glm) : collectContext(source);
}

async function chooseSource(): Promise<ContextSource | undefined> {
  const item = (source: ContextSource, icon: string, label: string, description = '') => ({
    source,
    label: `$(${icon}) ${label}`,
    description,
  });
  const items = [
    item('file', 'file', l10n.t('File…'), '@'),
    item('folder', 'folder', l10n.t('Folder…')),
    item('repository', 'repo', l10n.t('Whole repository')),
    item('symbol', 'symbol-method', l10n.t('Symbol…'), '#'),
    item('openTabs', 'files', l10n.t('Open tabs')),
    item('problems', 'warning', l10n.t('Problems')),
    item('staged', 'git-commit', l10n.t('Staged changes')),
    item('unstaged', 'git-compare', l10n.t('Unstaged changes')),
    item('terminal', 'terminal', l10n.t('Terminal selection')),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: l10n.t('Add Context') });
  return picked?.source;
}
