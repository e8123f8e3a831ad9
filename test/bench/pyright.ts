import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { npmTool } from './npmTool.ts';

/** The version that is fetched; other versions may resolve other names. */
export const pyrightVersion = '1.1.414';

/** A place in a file; lines and columns count from 0, columns in UTF-16 units, as in the protocol. */
export interface Place {
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A language server for Python. */
export interface Pyright {
  /** Has a file read, without which nothing in it is known. */
  open(file: string, text: string): Promise<void>;
  /** Where the name at a place is declared: none where it isn't known, several where it depends. */
  definitions(place: Place): Promise<Place[]>;
  dispose(): Promise<void>;
}

interface Location {
  readonly uri: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

/** Asked names resolve by the sources alone; checking them would only cost time. */
const settings = {
  python: {},
  'python.analysis': { diagnosticMode: 'openFilesOnly', typeCheckingMode: 'off', autoSearchPaths: false },
};

/** Starts pyright on a folder, from which absolute imports resolve. */
export async function startPyright(folder: string): Promise<Pyright> {
  const program = join(await npmTool('pyright', pyrightVersion), 'langserver.index.js');
  const child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  // A server that dies must fail the request that waits for it.
  child.once('exit', () => connection.dispose());
  connection.onRequest('workspace/configuration', ({ items }: { items: { section?: string }[] }) =>
    items.map(({ section }) => settings[section as keyof typeof settings] ?? null),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.listen();

  const uri = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'root' }],
    capabilities: { workspace: { configuration: true, workspaceFolders: true } },
  });
  await connection.sendNotification('initialized', {});
  const opened = new Set<string>();

  return {
    async open(file, text) {
      if (opened.has(file)) return;
      opened.add(file);
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: pathToFileURL(file).href, languageId: 'python', version: 1, text },
      });
    },
    async definitions({ file, line, column }) {
      const found = await connection.sendRequest<Location | Location[] | null>('textDocument/definition', {
        textDocument: { uri: pathToFileURL(file).href },
        position: { line, character: column },
      });
      return [found ?? []].flat().map(({ uri, range: { start } }) => ({
        file: fileURLToPath(uri),
        line: start.line,
        column: start.character,
      }));
    },
    async dispose() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
    },
  };
}
