// Bundles the extension host, its workers, the command line and the page into dist/; `--tests` adds out/integration.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as esbuild from 'esbuild';

const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');
const require = createRequire(import.meta.url);

/**
 * undici announces itself to the whole process when it is imported, and in VS Code takes over the editor's own fetch.
 * Its one module that does so is replaced by a slot of our own.
 */
const privateUndici = {
  name: 'private-undici',
  setup(build) {
    build.onLoad({ filter: /undici[\\/]lib[\\/]global\.js$/ }, () => ({
      contents: `
        let dispatcher;
        exports.getGlobalDispatcher = () => dispatcher;
        exports.setGlobalDispatcher = (agent) => { dispatcher = agent; };
        exports.installedExports = [];
      `,
      loader: 'js',
    }));
  },
};

/** What every bundle has in common. */
const common = {
  bundle: true,
  sourcemap: true,
  sourcesContent: false,
  minify: !watch,
  logLevel: 'warning',
};

/** Bundles for Node are CommonJS, which workers and every Node load the same way, but for what is split. */
const node = {
  ...common,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  external: ['vscode'],
  define: { 'import.meta.dirname': '__dirname' },
  // Its main entry loads its parts by a require of its own, which no bundler follows.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
};

/** Modules, since only these are split: what `import()` asks for is a file of its own, loaded at its first use. */
const split = {
  ...node,
  format: 'esm',
  splitting: true,
  define: {},
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  // What libraries that are CommonJS take for granted.
  banner: {
    js: [
      "import { createRequire as requireFrom } from 'node:module';",
      'const require = requireFrom(import.meta.url);',
      'const __dirname = import.meta.dirname;',
      'const __filename = import.meta.filename;',
    ].join(''),
  },
  metafile: true,
};

const builds = [
  { ...split, entryPoints: { extension: 'extension/extension.ts' }, chunkNames: 'parts/[name]-[hash]' },
  { ...split, entryPoints: { cli: 'extension/cli/main.ts' }, chunkNames: 'cli/[name]-[hash]' },
  {
    ...node,
    outdir: 'dist',
    entryPoints: {
      repositoryWorker: 'extension/node/repositoryWorker.ts',
      outlineWorker: 'extension/node/outlineWorker.ts',
      httpTransport: 'extension/node/httpTransport.ts',
      typescriptWorker: 'extension/node/typescript/typescriptWorker.ts',
    },
    plugins: [privateUndici],
    metafile: true,
  },
  {
    ...common,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    outdir: 'dist',
    entryPoints: {
      webview: 'webview/main.tsx',
      diagnostics: 'webview/diagnostics/main.tsx',
      inspector: 'webview/inspector/main.tsx',
    },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    metafile: true,
  },
];
if (tests) {
  builds.push({
    ...node,
    minify: false,
    outdir: 'out/integration',
    entryPoints: ['test/integration/index.ts'],
    external: ['vscode', 'mocha', './httpTransport.js'],
  });
}

/** The grammars that outlines are read with. */
const languages = 'bash c-sharp cpp go java javascript php python ruby rust tsx typescript'.split(' ');

async function copyData() {
  const tiktoken = dirname(require.resolve('tiktoken/lite/tiktoken_bg.wasm'));
  const grammars = dirname(require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter.wasm'));
  const codicons = dirname(require.resolve('@vscode/codicons/dist/codicon.css'));
  await Promise.all([
    cp(join(tiktoken, 'tiktoken_bg.wasm'), 'dist/tiktoken_bg.wasm'),
    cp(require.resolve('tiktoken/encoders/cl100k_base.json'), 'dist/cl100k_base.json'),
    ...['', ...languages].map((language) => {
      const file = `tree-sitter${language && '-'}${language}.wasm`;
      return cp(join(grammars, file), join('dist', file));
    }),
    cp(join(codicons, 'codicon.css'), 'dist/codicon.css'),
    cp(join(codicons, 'codicon.ttf'), 'dist/codicon.ttf'),
    // The sources are modules; the bundles are not.
    writeFile('dist/package.json', '{"type":"commonjs"}\n'),
    // The command line's name, as it is documented.
    writeFile('dist/cli.js', "import('./cli.mjs');\n"),
  ]);
}

await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
if (tests) {
  await mkdir('out/integration', { recursive: true });
  await writeFile('out/package.json', '{"type":"commonjs"}\n');
}
await copyData();
if (watch) {
  console.log('[watch] build started');
  const contexts = await Promise.all(builds.map((options) => esbuild.context(options)));
  await Promise.all(contexts.map((context) => context.watch()));
  console.log('[watch] build finished');
} else {
  const results = await Promise.all(builds.map((options) => esbuild.build(options)));
  await mkdir('out', { recursive: true });
  const outputs = Object.assign({}, ...results.map((result) => result.metafile?.outputs ?? {}));
  await writeFile('out/bundles.json', JSON.stringify(outputs));
}
