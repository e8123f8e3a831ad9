/** The one dependency rule (ARCHITECTURE.md): who may import whom. Run by `npm run check`. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(extension|webview|test|scripts)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^vscode$' } },
    only('protocol-stands-alone', '^extension/protocol/', '^extension/protocol/'),
    only('core-sees-protocol', '^extension/core/', '^extension/(core|protocol)/'),
    only('node-sees-core', '^extension/node/', '^extension/(node|core)/'),
    only('editor-sees-core', '^extension/editor/', '^extension/(editor|core|protocol)/'),
    only('cli-sees-core-and-node', '^extension/cli/', '^extension/(cli|core|node)/'),
    only('webview-sees-protocol', '^webview/', '^(webview|extension/protocol)/'),
    only('product-never-sees-tests', '^(extension|webview)/', '^(extension|webview)/'),
    {
      name: 'core-is-pure',
      comment: 'everything outside reaches the core through its ports',
      severity: 'error',
      from: { path: '^(extension/(core|protocol)|webview)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'vscode-only-in-the-editor',
      severity: 'error',
      from: { pathNot: '^(extension/(editor/|extension\\.ts)|test/integration/)' },
      to: { path: '^vscode$' },
    },
    only('tokens-is-the-bottom', '^extension/core/tokens/', '^extension/core/(tokens/|(ports|pack|spells)\\.ts)'),
    only(
      'repository-sees-tokens',
      '^extension/core/repository/',
      '^extension/core/(repository|tokens)/|^extension/core/(ports|pack|spells)\\.ts',
    ),
    only(
      'context-sees-repository',
      '^extension/core/context/',
      '^extension/core/(context|repository|tokens)/|^extension/core/(ports|pack|spells)\\.ts',
    ),
    only(
      'backend-sees-no-surface',
      '^extension/core/backend/',
      '^extension/core/(backend|tokens|repository|context)/|^extension/core/(ports|pack|settings|spells)\\.ts',
    ),
    only(
      'completion-is-one-surface',
      '^extension/core/completion/',
      '^extension/core/(completion|context|repository|tokens|backend)/|^extension/core/(ports|pack|settings|spells)\\.ts',
    ),
    only(
      'conversation-is-one-surface',
      '^extension/core/conversation/',
      '^extension/(protocol/|core/(conversation|context|repository|tokens|backend)/|core/(ports|pack|settings|spells)\\.ts)',
    ),
    only(
      'window-probe-is-no-surface',
      '^extension/core/windowProbe/',
      '^extension/(protocol/|core/(windowProbe|context|repository|tokens|backend)/|core/(ports|pack|spells)\\.ts)',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
