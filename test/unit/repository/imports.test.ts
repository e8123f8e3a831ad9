import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createResolver, importsOf } from '../../../extension/core/repository/imports/dispatch.ts';
import { repositoryPaths } from '../../../extension/core/repository/imports/repositoryPaths.ts';
import { siblingsOf } from '../../../extension/core/repository/imports/siblings.ts';
import { tomlValues } from '../../../extension/core/repository/imports/toml.ts';
import type { Language } from '../../../extension/core/repository/languages.ts';
import { importing } from '../../support/imports.ts';

const languages: readonly Language[] = ['bash', 'cpp', 'csharp', 'go', 'java', 'php', 'python', 'ruby', 'rust'];

describe('the paths of a repository', () => {
  const paths = repositoryPaths(['a.py', 'src/a.py', 'src/b/a.py', 'src/b/c.py', 'x/src/b/d.py'], () => undefined);

  it('are found by place, ending and name', () => {
    assert.equal(paths.has('src/a.py'), true);
    assert.equal(paths.has('src'), false);
    assert.deepEqual(paths.within(''), ['a.py']);
    assert.deepEqual(paths.within('src/b'), ['src/b/a.py', 'src/b/c.py']);
    assert.deepEqual(paths.within('none'), []);
    assert.deepEqual(paths.endingWith('a.py'), ['a.py', 'src/a.py', 'src/b/a.py']);
    assert.deepEqual(paths.endingWith('b/a.py'), ['src/b/a.py']);
    assert.deepEqual(paths.endingWith('rc/a.py'), []);
    assert.deepEqual(paths.foldersEndingWith('src/b'), ['src/b', 'x/src/b']);
    assert.deepEqual(paths.foldersEndingWith('x'), []);
    assert.deepEqual(paths.named('c.py'), ['src/b/c.py']);
  });
});

describe('files that see each other', () => {
  const paths = repositoryPaths(
    [
      'go/a.go',
      'go/b.go',
      'go/b_test.go',
      'go/readme.md',
      'src/main/java/p/A.java',
      'src/main/java/p/B.java',
      'src/test/java/p/ATest.java',
      'py/a.py',
      'py/b.py',
    ],
    () => undefined,
  );

  it('are those of the same package', () => {
    assert.deepEqual(siblingsOf('go/a.go', paths), ['go/b.go']);
    assert.deepEqual(siblingsOf('go/b_test.go', paths), ['go/a.go', 'go/b.go']);
    assert.deepEqual(siblingsOf('src/main/java/p/A.java', paths), ['src/main/java/p/B.java']);
    assert.deepEqual(siblingsOf('src/test/java/p/ATest.java', paths), [
      'src/main/java/p/A.java',
      'src/main/java/p/B.java',
    ]);
    assert.deepEqual(siblingsOf('py/a.py', paths), []);
  });
});

describe('values of a TOML text', () => {
  it('are read as far as manifests need', () => {
    const text = `# [no]\r\n[package] # yes\r\nname = "a-b" # c\r\nedition.workspace = true\n[[bin]]\nname='x'\n[target."y".z]\n"q" = { a = 1 }\nlist = [\n "b",\n]\nbroken =\n= 1\n[oops\n`;
    assert.deepEqual(
      [...tomlValues(text)],
      [
        ['package.name', 'a-b'],
        ['package.edition.workspace', 'true'],
        ['bin.name', 'x'],
        ['target.y.z.q', '{ a = 1 }'],
        ['target.y.z.list', '['],
        ['target.y.z.broken', ''],
      ],
    );
  });
});

describe('imports', () => {
  it('are at most eight files, each once, and never the file itself', () => {
    const names = Array.from({ length: 20 }, (_, i) => `pkg/f${i}.go`);
    const go = importing(names, { 'go.mod': 'module m' });
    assert.deepEqual(
      go('main.go', 'import "m/pkg"').map((files) => files.length),
      [8],
    );
    assert.deepEqual(go('pkg/f0.go', 'import "m/pkg"')[0]?.includes('pkg/f0.go'), false);
  });

  it('may go in circles', () => {
    const python = importing(['a/__init__.py', 'a/b.py']);
    assert.deepEqual(python('a/__init__.py', 'from . import b\nfrom a import b'), [['a/b.py'], ['a/b.py']]);
    assert.deepEqual(python('a/b.py', 'from . import b\nimport a'), [['a/__init__.py'], ['a/__init__.py']]);
  });

  it('lead nowhere in an empty repository', () => {
    const resolver = createResolver(repositoryPaths([], () => undefined));
    for (const language of languages)
      for (const source of ['a', 'a.b', './a', '../../a', 'a::b', 'a\\b', '<a>', '/', '', '.', ':A', 'super::super'])
        assert.deepEqual(resolver(language)('x/y', { source, names: [{ name: 'n', local: 'n' }], line: 1 }), []);
  });

  // Each made to make a careless expression go back and forth; a quadratic one takes minutes on any of them.
  const hostile = [
    ' ',
    '\t',
    '\n',
    '(',
    '"',
    "'",
    '\\"',
    '/*',
    '/* *',
    '"""',
    "'''",
    '`',
    '<<A\n',
    '=begin\n',
    'r#"',
    'R"(',
    '@"',
    'import a, ',
    'import a,\\\n',
    'import (\n',
    'import (\n"a"\n',
    'import "a"\n',
    'import a.',
    'from a import (\n',
    'from a import b, c\n',
    'from .',
    'if a',
    'use a::{\n',
    'use a\\{\n',
    'use a\n',
    'use A, B {\n',
    '{',
    'mod a {\n',
    'using a.b<',
    'using A = \n',
    '#include <',
    '# include "\n',
    "require '",
    'require File.join(\n',
    'require dirname(__DIR__, ',
    '. $(',
    '; . $((',
    'x; . a',
    '&& source $a/',
    '# . a; . b ',
  ];

  // Hours, where a pattern is quadratic.
  for (const language of languages)
    it(`are read to the end of a hostile text: ${language}`, { timeout: 60_000 }, () => {
      for (const piece of hostile) {
        const text = piece.repeat(Math.ceil((1 << 20) / piece.length));
        assert.ok(importsOf(language, text).every(({ line }) => line >= 1 && line <= text.length));
      }
    });
});
