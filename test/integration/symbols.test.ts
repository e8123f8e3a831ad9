import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Glm } from '../../extension/core/glm.ts';
import type { FoundDeclaration } from '../../extension/core/ports.ts';
import { chooseSymbol } from '../../extension/editor/chat/symbolContext.ts';
import { editorKnowledge } from '../../extension/editor/editorKnowledge.ts';
import { closeAll, openAt, root, writeFile } from './editor.ts';

interface Item {
  readonly label: string;
  readonly description: string;
}

describe('symbols', () => {
  const { showInputBox, showQuickPick, showInformationMessage } = vscode.window;
  let offered: Item[] = [];
  let told = '';
  let typed = '';
  const picked = 0;
  let subscriptions: vscode.Disposable[] = [];
  before(() => {
    const show = async (items: Promise<Item[]>) => {
      offered = await items;
      return offered[picked];
    };
    const tell = async (message: string) => {
      told = message;
    };
    Object.assign(vscode.window, {
      showInputBox: async () => typed,
      showQuickPick: show,
      showInformationMessage: tell,
    });
  });
  after(() => Object.assign(vscode.window, { showInputBox, showQuickPick, showInformationMessage }));
  beforeEach(async () => {
    await openAt(await writeFile('symbols/a.unknown', 'begin\n  part one\nend\n'), 0, 0);
    told = '';
  });
  afterEach(async () => {
    for (const each of subscriptions) each.dispose();
    subscriptions = [];
    await closeAll();
  });

  const indexed: FoundDeclaration = {
    ...{ path: 'symbols/a.unknown', name: 'begin', kind: 'function', startLine: 1, endLine: 3, depth: 0 },
  };
  const choose = (name: string, symbols: Glm['symbols']) => {
    typed = name;
    return chooseSymbol({ symbols });
  };

  it('are those of our own index where no language service knows them', async () => {
    const chosen = await choose(' begin ', async ({ root: folder }, part) => {
      assert.deepEqual([folder, part], [root().fsPath, 'begin']);
      return [indexed];
    });
    assert.deepEqual(
      offered.map(({ label, description }) => [label, description]),
      [['$(symbol-function) begin', 'symbols/a.unknown:1']],
    );
    const [attachment] = chosen?.attachments ?? [];
    assert.deepEqual([chosen?.label, attachment?.text, attachment?.lines], ['begin', 'begin\n  part one\nend', [1, 3]]);
  });

  it('of a service that tells the line of a name only have the lines of the index; one that fails is no reason to have none', async () => {
    const uri = vscode.Uri.joinPath(root(), 'symbols/a.unknown');
    const symbol = new vscode.SymbolInformation(
      ...(['begin', vscode.SymbolKind.Class, '', new vscode.Location(uri, new vscode.Range(0, 0, 0, 5))] as const),
    );
    subscriptions = [
      vscode.languages.registerWorkspaceSymbolProvider({ provideWorkspaceSymbols: () => [symbol] }),
      vscode.languages.registerWorkspaceSymbolProvider({
        provideWorkspaceSymbols() {
          throw new Error('not today');
        },
      }),
    ];
    const both = await choose('begin', async () => [indexed]);
    assert.deepEqual(both?.attachments[0]?.lines, [1, 3]);
    assert.equal(offered.length, 1);
    const alone = await choose('begin', async () => Promise.reject(new Error('cannot be read')));
    assert.deepEqual(alone?.attachments[0]?.lines, [1, 1]);
  });

  it('are said to be none where there are none, and why one does not go along', async () => {
    assert.equal(await choose('nothing', async () => []), undefined);
    assert.match(told, /No symbol has that name/);
    await writeFile('symbols/.env', 'TOKEN=1\n');
    const hidden = await choose('TOKEN', async () => [{ ...indexed, path: 'symbols/.env', name: 'TOKEN' }]);
    assert.deepEqual(hidden, {
      label: 'TOKEN',
      attachments: [],
      leftOut: [{ path: 'symbols/.env', reason: 'may hold secrets' }],
    });
  });

  it('of a file are asked of its language service', async () => {
    subscriptions = [
      vscode.languages.registerDocumentSymbolProvider(
        { pattern: '**/*.unknown' },
        {
          provideDocumentSymbols: () => {
            const range = new vscode.Range(0, 0, 2, 3);
            return [new vscode.DocumentSymbol('begin', '', vscode.SymbolKind.EnumMember, range, range)];
          },
        },
      ),
    ];
    const found = await editorKnowledge.declarations(root().fsPath, 'symbols/a.unknown', AbortSignal.timeout(9_000));
    assert.deepEqual(found, [{ ...indexed, kind: 'enumMember' }]);
  });
});
