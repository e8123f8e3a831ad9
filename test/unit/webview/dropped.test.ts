import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mostPaths } from '../../../extension/protocol/chat.ts';
import { canDrop, pathsIn } from '../../../webview/dropped.ts';

const carried = (data: Readonly<Record<string, string>>) => ({
  types: Object.keys(data),
  getData: (type: string) => data[type] ?? '',
});

describe('what is dropped', () => {
  it('names all files in the list of VS Code, and the first in the standard one', () => {
    const list = 'file:///r/a.ts\r\nfile:///r/b%20c.ts\r\n# a comment\r\n';
    const both = { 'application/vnd.code.uri-list': list, 'text/uri-list': 'file:///r/a.ts', 'text/plain': 'a.ts' };
    assert.deepEqual(pathsIn(carried(both)), ['file:///r/a.ts', 'file:///r/b%20c.ts']);
    assert.deepEqual(pathsIn(carried({ 'text/uri-list': 'vscode-remote://host/r/a.ts' })), [
      'vscode-remote://host/r/a.ts',
    ]);
  });

  it('names the files whose paths were copied, and none in other text', () => {
    const paths = (text: string) => pathsIn(carried({ 'text/plain': text }));
    assert.deepEqual(paths('/r/a.ts\n/r/b.ts\n'), ['/r/a.ts', '/r/b.ts']);
    assert.deepEqual(paths('C:\\r\\a.ts'), ['C:\\r\\a.ts']);
    for (const text of ['', 'src/a.ts', '/r/a.ts and more\nwords', '/explain', 'see\n/r/a.ts', '// a comment', '/ x']) {
      assert.deepEqual(text === '/explain' ? [] : paths(text), [], text);
    }
  });

  it('names no web address, and no more files than are taken at once', () => {
    assert.deepEqual(pathsIn(carried({ 'text/uri-list': 'https://example.test/a' })), []);
    const many = Array.from({ length: 200 }, (_, i) => `file:///r/${i}.ts`).join('\n');
    assert.equal(pathsIn(carried({ 'text/uri-list': many })).length, mostPaths);
  });

  it('is taken only where it is files or text', () => {
    assert.equal(canDrop({ types: ['application/vnd.code.uri-list'] }), true);
    assert.equal(canDrop({ types: ['text/plain'] }), true);
    assert.equal(canDrop({ types: ['Files', 'image/png'] }), false);
  });
});
