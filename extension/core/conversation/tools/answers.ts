import * as l10n from '@vscode/l10n';
import type {
  EditorKnowledge,
  FolderRequest,
  FoundDeclaration,
  OrRefused,
  Packer,
  Problem,
  RepositoryReader,
  Tokenizer,
} from '../../ports.ts';
import { withoutSecrets } from '../../repository/secrets/withoutSecrets.ts';
import type { ToolRequest } from './arguments.ts';

/** What tools work with: nothing of it writes. */
export interface ToolPorts {
  readonly reader: RepositoryReader;
  readonly tokenizer: Tokenizer;
  readonly packer: Pick<Packer, 'screen'>;
  readonly editor?: EditorKnowledge | undefined;
}

/** What a tool has found: lines, of which as many are told as there is room for. */
export interface Found {
  readonly heading: string;
  readonly lines: readonly string[];
  /** What to ask for to get the lines that were cut, where so many were not. */
  readonly more?: (told: number) => string;
  readonly note?: string;
}

const asked = (path: string, reason: string): { readonly refused: string } => ({
  refused: l10n.t('{0} may not be read: {1}.', path, reason),
});

/** Answers a call that was checked; what may not be seen is refused, with the reason in the user's language. */
export function answerRequest(
  request: ToolRequest,
  folder: FolderRequest,
  ports: ToolPorts,
  signal: AbortSignal,
): Promise<OrRefused<Found>> {
  switch (request.tool) {
    case 'read_file':
      return readFile(request, folder, ports, signal);
    case 'search':
      return search(request, folder, ports, signal);
    case 'list_symbols':
      return listSymbols(request.path, folder, ports, signal);
    case 'find_symbol':
      return findSymbol(request.name, folder, ports, signal);
    case 'problems':
      return problems(request.path, folder, ports, signal);
  }
}

async function readFile(
  { path, firstLine = 1, lastLine }: ToolRequest & { tool: 'read_file' },
  folder: FolderRequest,
  { reader }: ToolPorts,
  signal: AbortSignal,
): Promise<OrRefused<Found>> {
  const read = await reader.read({ ...folder, path }, signal);
  if ('refused' in read) return asked(path, read.refused);
  const all = read.text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (firstLine > all.length) return { refused: `${path} has ${all.length} lines only.` };
  const last = Math.min(lastLine ?? all.length, all.length);
  return {
    heading: `${path}, lines ${firstLine} to ${last} of ${all.length}:`,
    lines: all.slice(firstLine - 1, last).map((line, at) => `${firstLine + at}\t${line}`),
    more: (told) => `go on with firstLine ${firstLine + told}`,
  };
}

async function search(
  { text, path, isRegex = false }: ToolRequest & { tool: 'search' },
  folder: FolderRequest,
  { reader }: ToolPorts,
  signal: AbortSignal,
): Promise<OrRefused<Found>> {
  const query = { text, isRegex, ...(path === undefined ? {} : { path }) };
  const found = await reader.search({ ...folder, query }, signal);
  if ('refused' in found) return { refused: `The regular expression cannot be used: ${found.refused}.` };
  const { hits, files, cut } = found;
  if (files === 0) return { refused: l10n.t('No file that may be read is at {0}.', path ?? '') };
  const notes = {
    many: 'There are more: search for something rarer, or in a path.',
    slow: 'The search took too long and was ended: search in a path.',
  };
  return {
    heading: hits.length === 0 ? `Nothing was found in ${files} files.` : `${hits.length} lines:`,
    lines: hits.map((hit) => `${hit.path}:${hit.line}: ${hit.text}`),
    more: () => 'search in a path',
    ...(cut ? { note: notes[cut] } : {}),
  };
}

const place = ({ startLine, endLine }: FoundDeclaration): string =>
  startLine === endLine ? String(startLine) : `${startLine}-${endLine}`;

async function listSymbols(
  path: string,
  folder: FolderRequest,
  { reader, editor }: ToolPorts,
  signal: AbortSignal,
): Promise<OrRefused<Found>> {
  // The gate comes first: what must not be seen is not opened in the editor either.
  const read = await reader.read({ ...folder, path }, signal);
  if ('refused' in read) return asked(path, read.refused);
  const known = await editor?.declarations(folder.root, path, signal);
  let found = (known ?? []).filter(({ name }) => read.text.includes(name));
  if (found.length === 0) {
    const outlined = await reader.declarations({ ...folder, path }, signal);
    if ('refused' in outlined) return asked(path, outlined.refused);
    found = [...outlined.found];
  }
  return {
    heading: found.length === 0 ? `${path} has no declarations.` : `${path}:`,
    lines: found.map((each) => `${'  '.repeat(each.depth)}${each.kind} ${each.name} ${place(each)}`),
    more: () => 'read the lines that you need',
  };
}

async function findSymbol(
  name: string,
  folder: FolderRequest,
  { reader }: ToolPorts,
  signal: AbortSignal,
): Promise<OrRefused<Found>> {
  const { found } = await reader.definitions({ ...folder, name }, signal);
  return {
    heading: found.length === 0 ? `${name} is declared nowhere: search for it.` : '',
    lines: found.map((each) => `${each.kind} ${each.name} ${each.path}:${place(each)}`),
  };
}

/** Files whose problems are told, at the most. */
const mostFiles = 50;

async function problems(
  path: string | undefined,
  { root, exclude = [] }: FolderRequest,
  { editor, packer }: ToolPorts,
  signal: AbortSignal,
): Promise<OrRefused<Found>> {
  const all = (await editor?.problems(root, path)) ?? [];
  const byFile = new Map<string, Problem[]>();
  for (const each of all) byFile.set(each.path, [...(byFile.get(each.path) ?? []), each]);
  const lines: string[] = [];
  let hidden = 0;
  for (const [file, own] of [...byFile].slice(0, mostFiles)) {
    // Messages quote the code that they are about.
    const text = own.map((each) => each.message.replace(/\s+/g, ' ')).join('\n');
    const screening = await packer.screen({ root, path: file, text, exclude }, signal);
    if ('refused' in screening) {
      if (file === path) return asked(file, screening.refused);
      hidden += own.length;
      continue;
    }
    const messages = withoutSecrets(text, screening.secrets).split('\n');
    own.forEach(({ line, severity }, at) => {
      lines.push(`${file}:${line}: ${severity}: ${messages[at]}`);
    });
  }
  const left = Math.max(0, byFile.size - mostFiles);
  return {
    heading: lines.length === 0 ? 'The editor shows no problems there.' : `${lines.length} problems:`,
    lines,
    more: () => 'ask for one path',
    ...(hidden + left > 0 ? { note: 'Problems of further files are left out.' } : {}),
  };
}
