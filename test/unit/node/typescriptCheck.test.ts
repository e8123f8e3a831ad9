import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import ts from 'typescript';
import { newProblems } from '../../../extension/core/conversation/edits/languageCheck.ts';
import { checkTypescript } from '../../../extension/node/typescript/typescriptCheck.ts';

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** Checks changes of a small project; each new problem as `file:line: message`. */
async function check(
  files: Readonly<Record<string, string>>,
  proposed: Readonly<Record<string, string | null>>,
  unsaved: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'glm-coder-typescript-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const absolute = <T>(some: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(some).map(([path, text]) => [join(root, path), text]));
  const before = await readdir(root, { recursive: true });
  const found = checkTypescript(ts, { library: '', root, unsaved: absolute(unsaved), proposed: absolute(proposed) });
  assert.deepEqual(await readdir(root, { recursive: true }), before, 'nothing is written');
  return found.flatMap((file) =>
    newProblems(file).map(({ line, message }) => `${file.path.slice(root.length + 1)}:${line}: ${message}`),
  );
}

const config =
  '{"compilerOptions":{"strict":true,"module":"esnext","moduleResolution":"bundler","types":[],"lib":["es2022"]},"include":["src"]}';
const files = {
  'tsconfig.json': config,
  'src/a.ts': "import { two } from './b';\nexport const sum: number = two + old;\n",
  'src/b.ts': 'export const two = 2;\n',
  'src/globals.d.ts': 'declare const theAnswer: number;\n',
};

describe('problems that a change makes', () => {
  it('are told with their lines, those that were there before are not', async () => {
    const moved = "\n\nimport { two } from './b';\nexport const sum: number = two + old;\n";
    assert.deepEqual(await check(files, { 'src/a.ts': moved }), []);
    assert.deepEqual(
      await check(files, { 'src/a.ts': "import { two } from './b';\n\nexport const sum: string = two;\n" }),
      ["src/a.ts:3: Type 'number' is not assignable to type 'string'."],
    );
  });

  it('are none where files that are proposed together fit each other', async () => {
    const both = {
      'src/a.ts': "import { zwei } from './c';\nexport const sum: number = zwei + old;\n",
      'src/b.ts': null,
      'src/c.ts': 'export const zwei = 2;\n',
    };
    assert.deepEqual(await check(files, both), []);
    assert.deepEqual(await check(files, { 'src/a.ts': both['src/a.ts'] }), [
      "src/a.ts:1: Cannot find module './c' or its corresponding type declarations.",
    ]);
  });

  it('are found in files that import a changed one, as they stand in the editor', async () => {
    assert.deepEqual(
      await check(
        files,
        { 'src/b.ts': "export const two = 'two';\n" },
        { 'src/a.ts': "import { two } from './b.ts';\nexport const sum: number = two;\n" },
      ),
      ["src/a.ts:2: Type 'string' is not assignable to type 'number'."],
    );
    assert.deepEqual(await check(files, { 'src/b.ts': null }), [
      "src/a.ts:1: Cannot find module './b' or its corresponding type declarations.",
    ]);
  });

  it('follow the project: its globals, and the one that a solution refers to', async () => {
    assert.deepEqual(await check(files, { 'src/b.ts': 'export const two = theAnswer;\n' }), []);
    const solution = {
      'tsconfig.json': '{"files":[],"references":[{"path":"./lib"}]}',
      'lib/tsconfig.json': config.replace(
        '{"compilerOptions":{',
        '{"compilerOptions":{"composite":true,"noUnusedLocals":true,',
      ),
      'lib/src/b.ts': 'export const two = 2;\n',
    };
    assert.deepEqual(await check(solution, { 'lib/src/b.ts': 'const unused = 1;\nexport const two = 2;\n' }), [
      "lib/src/b.ts:1: 'unused' is declared but its value is never read.",
    ]);
  });

  it('are found without a project, too, and in scripts as far as their syntax goes', async () => {
    assert.deepEqual(await check({ 'a.ts': 'let a = 1;\n' }, { 'a.ts': "let a: number = 'x';\n" }), [
      "a.ts:1: Type 'string' is not assignable to type 'number'.",
    ]);
    assert.equal((await check({ 'a.js': 'let a = 1;\n' }, { 'a.js': 'let a = ;\n' })).length, 1);
    assert.deepEqual(await check({ 'a.js': 'let a = 1;\n' }, { 'a.js': "let a = 1; a = 'x';\n" }), []);
    assert.deepEqual(await check({ 'a.md': 'a\n' }, { 'a.md': 'b\n' }), []);
  });
});
