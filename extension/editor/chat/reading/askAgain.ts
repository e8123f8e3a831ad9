import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Backend } from '../../../core/backend/backend.ts';
import { largestBudget } from '../../../core/conversation/coverage.ts';
import type { Pack, Steering } from '../../../core/pack.ts';
import type { MissingView, WayToAskAgain } from '../../../protocol/reading.ts';
import { placeOf } from '../../place.ts';
import { excludedPatterns, readSettings } from '../../settings.ts';

/** What is read when a question is asked again; what is not given stays as it was. */
export interface Again {
  /** Tokens of repository. */
  readonly budget?: number;
  readonly steering?: Steering;
  /** Every file is asked about, in parts. */
  readonly everything?: boolean;
}

/** What is known of the answer that was not enough. */
export interface AgainContext {
  readonly root: string | undefined;
  /** Undefined after a reload, until something was asked. */
  readonly pack: Pack | undefined;
  readonly steering: Steering;
  readonly missing: MissingView | undefined;
  readonly backend: Backend;
}

/** What a new prompt of so many tokens takes: nothing of the old one is in the server's cache. */
export function costOfReading(tokens: number, { prices }: Pick<Backend, 'prices'>): string {
  const price = prices?.chat && (tokens * prices.chat.input) / 1_000_000;
  return price
    ? l10n.t('About {0} tokens are read anew, for about {1}.', tokens.toLocaleString(), `$${price.toFixed(3)}`)
    : l10n.t('About {0} tokens are read anew.', tokens.toLocaleString());
}

const plural = (count: number): string => count.toLocaleString();

/** Budgets between the one in use and the largest: twice as much each time. */
function budgetsAbove(budget: number, most: number): number[] {
  const budgets: number[] = [];
  for (let next = budget * 2; next < most * 0.9; next *= 2) budgets.push(next);
  return [...budgets, most];
}

async function widen({ pack, backend }: AgainContext): Promise<Again | undefined> {
  const used = pack?.budget ?? 0;
  const most = largestBudget(backend.window);
  if (used >= most) {
    void vscode.window.showInformationMessage(l10n.t('The model has no room for more: choose files instead.'));
    return undefined;
  }
  const whole = pack?.repository?.tokens ?? most;
  const items = budgetsAbove(Math.max(used, 1_000), most).map((budget) => ({
    label: l10n.t('{0} tokens', plural(budget)),
    description: budget === most ? l10n.t('all that the model has room for') : '',
    detail: costOfReading(Math.min(budget, whole), backend),
    budget,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Read More of the Repository'),
    placeHolder: l10n.t('{0} tokens were read of about {1}.', plural(pack?.tokens ?? 0), plural(whole)),
  });
  return picked && { budget: picked.budget };
}

/** Folders that hold some files, with how many, those near the root first. */
function foldersOf(paths: readonly string[]): [folder: string, files: number][] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      const folder = path.slice(0, at);
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  }
  const depth = (folder: string): number => folder.split('/').length;
  return [...counts].sort(([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

interface PathItem extends vscode.QuickPickItem {
  readonly path: string;
}

/** Files to choose from, in a list that VS Code still filters at once. */
const mostItems = 5_000;

const heading = (label: string): vscode.QuickPickItem => ({ label, kind: vscode.QuickPickItemKind.Separator });

const isPath = (item: vscode.QuickPickItem): item is PathItem => 'path' in item;

async function pickPaths(
  title: string,
  placeHolder: string,
  groups: readonly (readonly [string, readonly PathItem[]])[],
): Promise<readonly string[] | undefined> {
  const seen = new Set<string>();
  const items = groups.flatMap(([label, all]) => {
    const own = all.filter(({ path }) => !seen.has(path) && seen.add(path)).slice(0, mostItems);
    return own.length > 0 ? [heading(label), ...own] : [];
  });
  if (items.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('There is no file to choose.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder,
    canPickMany: true,
    matchOnDescription: true,
  });
  const paths = picked?.filter(isPath).map(({ path }) => path);
  return paths && paths.length > 0 ? paths : undefined;
}

const fileItem = (path: string, description = ''): PathItem => ({ label: `$(file) ${path}`, description, path });
const folderItem = ([path, files]: readonly [string, number]): PathItem => ({
  label: `$(folder) ${path}`,
  description: l10n.t('{0} files', plural(files)),
  path,
});

/** The files of a folder, for an answer whose pack is gone. */
async function pathsIn(root: string | undefined): Promise<string[]> {
  if (root === undefined) return [];
  const exclude = `{${excludedPatterns().join(',')}}`;
  const inRoot = new vscode.RelativePattern(vscode.Uri.file(root), '**/*');
  const uris = await vscode.workspace.findFiles(inRoot, exclude === '{}' ? undefined : exclude, mostItems);
  return uris.map((uri) => placeOf(uri).path).sort();
}

async function choose({ root, pack, missing, steering, backend }: AgainContext): Promise<Again | undefined> {
  const readable = pack?.repository?.leftOut.filter(({ mayBeRead }) => mayBeRead) ?? [];
  const out = pack ? readable.flatMap(({ paths }) => paths.split('\n')) : await pathsIn(root);
  const inPart = pack?.files.filter(({ level }) => level !== 'full') ?? [];
  const likely = missing?.likely.map(({ path, tokens }) => fileItem(path, l10n.t('{0} tokens', plural(tokens)))) ?? [];
  const all = [...out, ...(pack?.files.map(({ path }) => path) ?? [])];
  const paths = await pickPaths(
    l10n.t('Choose Files to Read'),
    costOfReading(pack?.tokens ?? readSettings().context.budget, backend),
    [
      [l10n.t('Likely'), likely],
      [l10n.t('Read in part'), inPart.map(({ path }) => fileItem(path))],
      [l10n.t('Folders'), foldersOf(all).map(folderItem)],
      [l10n.t('Left out'), out.map((path) => fileItem(path))],
    ],
  );
  return paths && { steering: withPins(steering, paths) };
}

async function exclude({ pack, steering, backend }: AgainContext): Promise<Again | undefined> {
  const files = (pack?.files ?? []).toSorted((a, b) => b.tokens - a.tokens);
  const paths = await pickPaths(
    l10n.t('Choose Files to Leave Out'),
    costOfReading(pack?.tokens ?? readSettings().context.budget, backend),
    [
      [
        l10n.t('Files that were read'),
        files.map(({ path, tokens }) => fileItem(path, l10n.t('{0} tokens', plural(tokens)))),
      ],
      [l10n.t('Folders'), foldersOf(files.map(({ path }) => path)).map(folderItem)],
    ],
  );
  if (!paths) return undefined;
  const chosen = new Set(paths);
  const pinned = (steering.pinned ?? []).filter(({ path }) => !chosen.has(path));
  return { steering: { ...steering, pinned, excluded: [...new Set([...(steering.excluded ?? []), ...paths])] } };
}

/** What is chosen comes before what was chosen earlier, and is not excluded any more. */
function withPins(steering: Steering, paths: readonly string[]): Steering {
  const chosen = new Set(paths);
  return {
    ...steering,
    pinned: [...paths.map((path) => ({ path })), ...(steering.pinned ?? []).filter(({ path }) => !chosen.has(path))],
    excluded: (steering.excluded ?? []).filter((path) => !chosen.has(path)),
  };
}

/** Lets the user choose what to read when the question is asked again, and says what that costs; undefined where they leave it. */
export async function chooseAgain(way: WayToAskAgain, context: AgainContext): Promise<Again | undefined> {
  switch (way) {
    case 'widen':
      return widen(context);
    case 'choose':
      return choose(context);
    case 'exclude':
      return exclude(context);
    case 'likely': {
      const likely = context.missing?.likely.map(({ path }) => path) ?? [];
      return likely.length > 0 ? { steering: withPins(context.steering, likely) } : choose(context);
    }
    case 'everything':
      return { everything: true };
  }
}
