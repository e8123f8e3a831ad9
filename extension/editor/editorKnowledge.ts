import * as vscode from 'vscode';
import type { EditorKnowledge, FoundDeclaration, Problem } from '../core/ports.ts';
import { placeOf, uriIn } from './place.ts';

/** Problems that are told, and milliseconds for a language service to answer, at the most. */
const mostProblems = 200;
const patience = 3_000;

/** Errors and warnings of a folder's files, errors first. */
async function problems(root: string, path: string | undefined): Promise<readonly Problem[]> {
  const found: Problem[] = [];
  for (const [uri, diagnostics] of vscode.languages.getDiagnostics()) {
    if (uri.scheme !== 'file') continue;
    const place = placeOf(uri);
    if (place.root !== root || (path !== undefined && place.path !== path && !place.path.startsWith(`${path}/`)))
      continue;
    for (const { severity, message, range } of diagnostics) {
      if (severity > vscode.DiagnosticSeverity.Warning) continue;
      const isError = severity === vscode.DiagnosticSeverity.Error;
      found.push({ path: place.path, line: range.start.line + 1, severity: isError ? 'error' : 'warning', message });
    }
  }
  return found.sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1)).slice(0, mostProblems);
}

type Told = readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined;

/** Kinds by their names in the language of the editor's API: `Class` is `class`, `EnumMember` is `enumMember`. */
export const kindName = (kind: vscode.SymbolKind): string => {
  const name = vscode.SymbolKind[kind] ?? 'variable';
  return name.charAt(0).toLowerCase() + name.slice(1);
};

/** Flattens the symbols of a file. Those inside of functions are left out: nobody refers to them from outside. */
function flat(path: string, told: Told, depth = 0): FoundDeclaration[] {
  return (told ?? []).flatMap((symbol) => {
    const { name, kind } = symbol;
    const range = 'location' in symbol ? symbol.location.range : symbol.range;
    const own = {
      path,
      name,
      kind: kindName(kind),
      startLine: range.start.line + 1,
      endLine: range.end.line + 1,
      depth,
    };
    const isBody = kind === vscode.SymbolKind.Function || kind === vscode.SymbolKind.Method;
    return [own, ...('children' in symbol && !isBody ? flat(path, symbol.children, depth + 1) : [])];
  });
}

/** What a language service tells of a file; it is asked by way of the editor, which asks whichever there is. */
async function declarations(
  root: string,
  path: string,
  signal: AbortSignal,
): Promise<readonly FoundDeclaration[] | undefined> {
  const uri = await uriIn(root, path);
  if (!uri) return undefined;
  const asked = vscode.commands.executeCommand<Told>('vscode.executeDocumentSymbolProvider', uri).then(
    (told) => told,
    () => undefined,
  );
  const until = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  const late = new Promise<undefined>((resolve) => {
    until.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const told = await Promise.race([asked, late]);
  return told && told.length > 0 ? flat(path, told) : undefined;
}

/** What tools may ask the editor for. */
export const editorKnowledge: EditorKnowledge = { problems, declarations };
