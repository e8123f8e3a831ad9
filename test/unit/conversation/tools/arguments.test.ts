import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readArguments } from '../../../../extension/core/conversation/tools/arguments.ts';
import { toolNames } from '../../../../extension/core/conversation/tools/definitions.ts';

/** What models write, and what is made of it: a request, or the words that say what is wrong. */
const cases: readonly [name: string, json: string, expected: object | RegExp][] = [
  // read_file
  ['read_file', '{"path":"src/a.ts"}', { tool: 'read_file', path: 'src/a.ts' }],
  ['read_file', '{"path":"./src/a.ts"}', { tool: 'read_file', path: 'src/a.ts' }],
  ['read_file', '{"path":"src\\\\a.ts"}', { tool: 'read_file', path: 'src/a.ts' }],
  ['read_file', '{"path":" src/a.ts\\n"}', { tool: 'read_file', path: 'src/a.ts' }],
  ['read_file', '{"path":"`src/a.ts`"}', { tool: 'read_file', path: 'src/a.ts' }],
  ['read_file', '{"path":"src//a.ts"}', { tool: 'read_file', path: 'src/a.ts' }],
  ['read_file', '{"path":"src/../lib/a.ts"}', { tool: 'read_file', path: 'lib/a.ts' }],
  ['read_file', '{"path":"源/文件.ts"}', { tool: 'read_file', path: '源/文件.ts' }],
  [
    'read_file',
    '{"path":"a.ts","firstLine":3,"lastLine":9}',
    { tool: 'read_file', path: 'a.ts', firstLine: 3, lastLine: 9 },
  ],
  ['read_file', '{"path":"a.ts","firstLine":"3"}', { tool: 'read_file', path: 'a.ts', firstLine: 3 }],
  ['read_file', '{"path":"a.ts","firstLine":null}', { tool: 'read_file', path: 'a.ts' }],
  ['read_file', '{"path":"a.ts","firstLine":""}', { tool: 'read_file', path: 'a.ts' }],
  [
    'read_file',
    '{"path":"a.ts","firstLine":7,"lastLine":7}',
    { tool: 'read_file', path: 'a.ts', firstLine: 7, lastLine: 7 },
  ],
  ['read_file', '{"path":"a.ts","lastLine":999999999}', { tool: 'read_file', path: 'a.ts', lastLine: 999_999_999 }],
  ['read_file', '{"path":2026}', { tool: 'read_file', path: '2026' }],
  ['read_file', '"{\\"path\\":\\"a.ts\\"}"', { tool: 'read_file', path: 'a.ts' }],
  ['read_file', '{"path":"a.ts","firstLine":0}', /firstLine must be a whole number from 1/],
  ['read_file', '{"path":"a.ts","firstLine":-4}', /firstLine must be a whole number/],
  ['read_file', '{"path":"a.ts","firstLine":1.5}', /firstLine must be a whole number/],
  ['read_file', '{"path":"a.ts","firstLine":1e300}', /firstLine must be a whole number/],
  ['read_file', '{"path":"a.ts","firstLine":"ten"}', /firstLine must be a whole number/],
  ['read_file', '{"path":"a.ts","firstLine":[1]}', /firstLine must be a whole number/],
  ['read_file', '{"path":"a.ts","firstLine":9,"lastLine":3}', /lastLine comes before firstLine/],
  ['read_file', '{"path":"/etc/passwd"}', /relative to the repository's root/],
  ['read_file', '{"path":"C:\\\\Windows\\\\win.ini"}', /relative to the repository's root/],
  ['read_file', '{"path":"c:/a.ts"}', /relative/],
  ['read_file', '{"path":"\\\\\\\\server\\\\share"}', /relative/],
  ['read_file', '{"path":"~/.ssh/id_rsa"}', /relative/],
  ['read_file', '{"path":"file:///etc/passwd"}', /not an address/],
  ['read_file', '{"path":"https://example.test/a"}', /not an address/],
  ['read_file', '{"path":"../secret.txt"}', /leads out of the repository/],
  ['read_file', '{"path":"src/../../secret.txt"}', /leads out of the repository/],
  ['read_file', '{"path":"..\\\\secret.txt"}', /leads out of the repository/],
  ['read_file', '{"path":"."}', /is a folder/],
  ['read_file', '{"path":"src/.."}', /is a folder/],
  ['read_file', '{"path":""}', /path is empty/],
  ['read_file', '{"path":"   "}', /path is empty/],
  ['read_file', '{"path":"a\\u0000b"}', /null character/],
  ['read_file', '{"path":null}', /read_file needs path/],
  ['read_file', '{}', /read_file needs path/],
  ['read_file', '', /read_file needs path/],
  ['read_file', '{"path":{"of":"a.ts"}}', /path must be a string/],
  ['read_file', '{"path":["a.ts"]}', /path must be a string/],
  ['read_file', `{"path":"${'a/'.repeat(600)}"}`, /longer than 1000 characters/],
  ['read_file', '{"file_path":"a.ts"}', /takes path, firstLine, lastLine; not file_path/],
  ['read_file', '{"path":"a.ts","__proto__":{"x":1}}', /not __proto__/],
  ['read_file', '{"path":"a.ts","constructor":1}', /not constructor/],
  ['read_file', '{"path</arg_key>":"a.ts"}', /not path<\/arg_key>/],
  ['read_file', '{"path":"a.ts"', /not valid JSON/],
  ['read_file', 'path=a.ts', /not valid JSON/],
  ['read_file', "{'path':'a.ts'}", /not valid JSON/],
  ['read_file', '<arg_key>path</arg_key>', /not valid JSON/],
  ['read_file', '["a.ts"]', /not a JSON object/],
  ['read_file', 'null', /not a JSON object/],
  ['read_file', '7', /not a JSON object/],
  // search
  ['search', '{"text":"withTax"}', { tool: 'search', text: 'withTax' }],
  ['search', '{"text":"a","path":"src/"}', { tool: 'search', text: 'a', path: 'src' }],
  ['search', '{"text":"a","path":"src/**/*.ts"}', { tool: 'search', text: 'a', path: 'src/**/*.ts' }],
  ['search', '{"text":"a","path":"."}', { tool: 'search', text: 'a' }],
  ['search', '{"text":"a","path":""}', { tool: 'search', text: 'a' }],
  ['search', '{"text":"a","isRegex":true}', { tool: 'search', text: 'a', isRegex: true }],
  ['search', '{"text":"a","isRegex":"false"}', { tool: 'search', text: 'a', isRegex: false }],
  ['search', '{"text":404}', { tool: 'search', text: '404' }],
  ['search', '{"text":true}', { tool: 'search', text: 'true' }],
  ['search', '{"text":"a","isRegex":"maybe"}', /isRegex must be true or false/],
  ['search', '{"text":""}', /text is empty/],
  ['search', '{"path":"src"}', /search needs text/],
  ['search', '{"text":"a","path":"../"}', /leads out of the repository/],
  ['search', '{"text":"a","path":"/"}', /relative/],
  // the others
  ['list_symbols', '{"path":"src/a.ts"}', { tool: 'list_symbols', path: 'src/a.ts' }],
  ['list_symbols', '{}', /list_symbols needs path/],
  ['find_symbol', '{"name":"Stock.add"}', { tool: 'find_symbol', name: 'Stock.add' }],
  ['find_symbol', '{"name":"a","path":"b"}', /takes name; not path/],
  ['problems', '{}', { tool: 'problems' }],
  ['problems', '', { tool: 'problems' }],
  ['problems', '{"path":"./src/a.ts"}', { tool: 'problems', path: 'src/a.ts' }],
  // no such tool
  ['write_file', '{"path":"a.ts","text":"x"}', /There is no tool of that name\. The tools are: read_file, search/],
  ['Read_File', '{"path":"a.ts"}', /There is no tool/],
  ['toString', '{}', /There is no tool/],
  ['', '{}', /There is no tool/],
];

describe('the arguments of a call', () => {
  for (const [name, json, expected] of cases) {
    it(`${name || '(no name)'} ${json.slice(0, 60)}`, () => {
      const read = readArguments(name, json, toolNames);
      if (!(expected instanceof RegExp)) return assert.deepEqual(read, expected);
      assert.ok('wrong' in read, JSON.stringify(read));
      assert.match(read.wrong, expected);
      assert.ok(read.wrong.length < 200);
    });
  }

  it('are for tools that are offered', () => {
    const read = readArguments('problems', '{}', ['read_file']);
    assert.match('wrong' in read ? read.wrong : '', /The tools are: read_file\./);
  });
});
