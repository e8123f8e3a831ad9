import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { defaultSettings } from '../../extension/core/settings.ts';
import { readSettings } from '../../extension/editor/settings.ts';

const id = 'glm-coder.glm-coder';

describe('activation', () => {
  it('registers every command of the manifest', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension);
    await extension.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const { commands } = extension.packageJSON.contributes as { commands: { command: string }[] };
    assert.deepEqual(
      commands.filter(({ command }) => !registered.has(command)),
      [],
    );
  });

  it('declares the defaults that the core has', () => {
    const { packageJSON } = vscode.extensions.getExtension(id) ?? {};
    const groups = packageJSON.contributes.configuration as { properties: Record<string, { default: unknown }> }[];
    const declared = Object.assign({}, ...groups.map(({ properties }) => properties));
    // The address and the consent to its terms are settings of their own kind: a name, and a question.
    const { url: _url, acceptsPlanTerms: _terms, ...hosted } = defaultSettings.hosted;
    for (const [name, value] of leaves({ ...defaultSettings, hosted }))
      assert.deepEqual(declared[`glmCoder.${name}`]?.default, value, name);
    assert.equal(readSettings().backend, 'embedded');
  });

  it("leaves VS Code's own dispatcher alone when it uses the network", async () => {
    const slots = () =>
      [1, 2].map((n) => (globalThis as Record<symbol, unknown>)[Symbol.for(`undici.globalDispatcher.${n}`)]);
    const before = slots();
    // Looking for a local server loads the HTTP client.
    const configuration = vscode.workspace.getConfiguration('glmCoder');
    await configuration.update('backend', 'auto', vscode.ConfigurationTarget.Global);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.deepEqual(slots(), before);
    for (const [i, slot] of slots().entries()) assert.equal(slot, before[i]);
    await configuration.update('backend', 'embedded', vscode.ConfigurationTarget.Global);
  });
});

/** The values of an object and of the objects in it, by their dotted names. */
function leaves(of: object, above = ''): [string, unknown][] {
  return Object.entries(of).flatMap(([name, value]) =>
    typeof value === 'object' && !Array.isArray(value)
      ? leaves(value, `${above}${name}.`)
      : [[above + name, value] as [string, unknown]],
  );
}
