import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Glm } from '../../core/glm.ts';
import type { FoundDeclaration } from '../../core/ports.ts';
import { leftOutByName } from '../../core/repository/leftOut.ts';
import { mergedSymbols } from '../../core/repository/lookup/mergedSymbols.ts';
import { kindName } from '../editorKnowledge.ts';
import { activeRoot, placeOf, unsavedIn, uriIn } from '../place.ts';
import { excludedPatterns } from '../settings.ts';
import type { ChosenContext } from './addedContext.ts';
import { ownPlace, wholeOf } from './chips.ts';

/** Milliseconds for language services to answer, and for the index where they have: reading a large folder takes longer. */
const patience = 3_000;

const later = <T>(milliseconds: number, value: T): Promise<T> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds, value);
  });

/** A declaration, and where it is opened. */
interface Place extends FoundDeclaration {
  readonly uri: vscode.Uri;
}

/** What language services know; nothing where there are none, or none that answers in time. */
async function served(part: string): Promise<Place[]> {
  const asked = vscode.commands.executeCommand<vscode.SymbolInformation[] | undefined>(
    'vscode.executeWorkspaceSymbolProvider',
    part,
  );
  const told = await Promise.race([asked, later(patience, undefined)]);
  return (told ?? [])
    .filter(({ location }) => location.uri.scheme === 'file')
    .map(({ name, kind, location: { uri, range } }) => ({
      ...{ uri, path: placeOf(uri).path, name, kind: kindName(kind), depth: 0 },
      ...{ startLine: range.start.line + 1, endLine: range.end.line + 1 },
    }));
}

/** The declarations whose names hold a text, of language services and of our own index. */
async function find(glm: Pick<Glm, 'symbols'>, part: string, signal: AbortSignal): Promise<Place[]> {
  const root = activeRoot();
  const folder = { root: root ?? '', exclude: excludedPatterns(), overlay: root === undefined ? {} : unsavedIn(root) };
  // Either is worth showing without the other.
  const index = root === undefined ? Promise.resolve([]) : glm.symbols(folder, part, signal).catch(() => []);
  const told = await served(part).catch(() => []);
  const indexed = await (told.length > 0 ? Promise.race([index, later(patience, [])]) : index);
  const known = new Map(told.map(({ path, uri }) => [path, uri]));
  const merged = mergedSymbols(told, indexed).map(async (symbol) => {
    const uri = known.get(symbol.path) ?? (root === undefined ? undefined : await uriIn(root, symbol.path));
    return uri && { ...symbol, uri };
  });
  return (await Promise.all(merged)).filter((symbol) => symbol !== undefined);
}

const icon = (kind: string): string => `$(symbol-${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)})`;

/** The lines of a declaration as context, or why they are none. */
async function linesOf({ uri, name, path, startLine, endLine }: Place): Promise<ChosenContext> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (!wholeOf(document)) {
    const reason = leftOutByName(path, Number.MAX_SAFE_INTEGER) ?? '';
    return { label: name, attachments: [], leftOut: [{ path, reason }] };
  }
  const whole = new vscode.Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER);
  const text = document.getText(document.validateRange(whole));
  const lines = [startLine, endLine] as const;
  return { label: name, attachments: [{ ...ownPlace(uri), languageId: document.languageId, text, lines }] };
}

/** Lets the user choose a declaration by a part of its name. */
export async function chooseSymbol(glm: Pick<Glm, 'symbols'>): Promise<ChosenContext | undefined> {
  const title = l10n.t('Add a Symbol');
  const part = (await vscode.window.showInputBox({ title, prompt: l10n.t('Part of its name') }))?.trim();
  if (!part) return undefined;
  const closed = new AbortController();
  const nothing = new vscode.CancellationTokenSource();
  try {
    const found = find(glm, part, closed.signal);
    const items = found.then((symbols) => {
      if (symbols.length === 0) nothing.cancel();
      return symbols.map((symbol) => ({
        label: `${icon(symbol.kind)} ${symbol.name}`,
        description: `${symbol.path}:${symbol.startLine}`,
        symbol,
      }));
    });
    const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true }, nothing.token);
    if (picked) return await linesOf(picked.symbol);
    if (nothing.token.isCancellationRequested) {
      void vscode.window.showInformationMessage(l10n.t('No symbol has that name in this folder.'));
    }
    return undefined;
  } finally {
    closed.abort();
    nothing.dispose();
  }
}
