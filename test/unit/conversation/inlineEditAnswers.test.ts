import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type AnswerFacts,
  readRewrite,
  rewriteSoFar,
} from '../../../extension/core/conversation/inlineEdit/rewrite.ts';
import type { EditTarget } from '../../../extension/core/conversation/inlineEdit/target.ts';

/** The middle of a class: indented by two, with something above and below. */
const target: EditTarget = {
  path: 'src/stock.ts',
  languageId: 'typescript',
  before:
    "import { log } from './log.ts';\n\nexport class Stock {\n  private readonly counts = new Map<string, number>();\n\n",
  selected: '  add(article: string, count: number): void {\n    this.counts.set(article, count);\n  }',
  after: '\n\n  remove(article: string): void {\n    this.counts.delete(article);\n  }\n}\n',
  insertSpaces: true,
  tabSize: 2,
};
const markdown: EditTarget = {
  ...target,
  path: 'README.md',
  languageId: 'markdown',
  before: '# Shop\n\n',
  selected: 'Run it.',
  after: '\n\n## Licence\n',
};
const python: EditTarget = {
  ...target,
  path: 'shop/stock.py',
  languageId: 'python',
  before: 'class Stock:\n',
  selected: '    def add(self, article):\n        self.counts[article] += 1',
  after: '\n\n    def remove(self, article):\n        del self.counts[article]\n',
};
const shell: EditTarget = {
  ...target,
  path: 'run.sh',
  languageId: 'shellscript',
  before: '',
  selected: 'echo a',
  after: '\n',
};

const facts: AnswerFacts = { isCut: false, hasSecrets: false };

const code = '  add(article: string, count = 1): void {\n    this.counts.set(article, count);\n  }';
const flush = code.replaceAll(/^ {2}/gm, '');
const pythonCode = '    def add(self, article, count=1):\n        self.counts[article] += count';
const fenced = (text: string, info = 'ts', fence = '```'): string => `${fence}${info}\n${text}\n${fence}`;
const original = target.selected;
const listing = code
  .split('\n')
  .map((line, at) => `${at + 6} | ${line}`)
  .join('\n');

/** An answer, and the lines that it comes to, or why it comes to none. */
type Shape = readonly [
  name: string,
  answer: string,
  expected: string | { readonly problem: string },
  target?: EditTarget,
  facts?: AnswerFacts,
];

/** A selection that leaves its last bracket out. */
const open: EditTarget = {
  ...target,
  selected: '  add(article: string, count: number): void {\n    this.counts.set(article, count);',
  after: '\n  }\n}\n',
};

const shapes: readonly Shape[] = [
  ['a block', fenced(code), code],
  ['a block without a language', fenced(code, ''), code],
  ['a block with another name of the language', fenced(code, 'typescript'), code],
  ['a block with attributes', fenced(code, 'ts title="stock.ts" {1-3}'), code],
  ['a block in capitals', fenced(code, 'TS'), code],
  ['a block fenced by tildes', fenced(code, 'ts', '~~~'), code],
  ['a block fenced by four', fenced(code, 'ts', '````'), code],
  ['a line break before and after', `\n\n${fenced(code)}\n\n`, code],
  ['a sentence before', `Here is the code:\n\n${fenced(code)}`, code],
  ['a sentence after', `${fenced(code)}\n\nI gave \`count\` a default.`, code],
  ['sentences around', `Sure!\n${fenced(code)}\nLet me know if you need more.`, code],
  ['a Chinese sentence before', `修改后的代码如下：\n\n${fenced(code)}`, code],
  ['a heading before', `### Result\n\n${fenced(code)}`, code],
  ['a fence at the end of a sentence', `Here is the code: \`\`\`ts\n${code}\n\`\`\``, code],
  ['CRLF', fenced(code).replaceAll('\n', '\r\n'), code],
  ['spaces behind the fences', `\`\`\`ts  \n${code}\n\`\`\`   \n`, code],
  ['a block in a list', `- So:\n\n  \`\`\`ts\n${code.replaceAll(/^/gm, '  ')}\n  \`\`\``, code],
  ['a block that is not closed', `\`\`\`ts\n${code}`, code],
  ['a block that is not closed and ends with a line break', `\`\`\`ts\n${code}\n`, code],
  ['a fence behind the last line', `\`\`\`ts\n${code}\`\`\``, code],
  ['blank lines at both ends of the block', fenced(`\n\n${code}\n\n`), code],
  ['spaces alone on lines at the ends', fenced(`   \n${code}\n\t`), code],
  ['no indentation', fenced(flush), code],
  ['the first line alone without indentation', fenced(code.trimStart()), code],
  ['tabs', fenced('\tadd(article: string, count = 1): void {\n\t\tthis.counts.set(article, count);\n\t}'), code],
  ['too much indentation', fenced(code.replaceAll(/^/gm, '    ')), code],
  ['the old lines first', `Before:\n${fenced(original)}\nAfter:\n${fenced(code)}`, code],
  ['the old lines first, at the margin', `${fenced(original.replaceAll(/^ {2}/gm, ''))}\n${fenced(code)}`, code],
  ['an example of use after it', `${fenced(code)}\n\nUse it so:\n${fenced("stock.add('apple');")}`, code],
  ['a command for the terminal first', `${fenced('npm install', 'sh')}\n${fenced(code)}`, code],
  ['output after it', `${fenced(code)}\n${fenced('1 passed', 'text')}`, code],
  [
    'the marks as well',
    fenced(`[[[ the lines to edit begin here ]]]\n${code}\n[[[ the lines to edit end here ]]]`),
    code,
  ],
  ['the line above as well', fenced(`  private readonly counts = new Map<string, number>();\n\n${code}`), code],
  [
    'the lines below as well',
    fenced(`${code}\n\n  remove(article: string): void {\n    this.counts.delete(article);\n  }`),
    code,
  ],
  ['the closing bracket below as well', fenced(code), code.slice(0, -4), open],
  ['the whole file', fenced(target.before + code + target.after), code],
  ['the whole file without its last line break', fenced((target.before + code + target.after).trimEnd()), code],
  ['the name of the file as a comment', fenced(`// src/stock.ts\n${code}`), code],
  ['the name of the file as a Python comment', fenced(`# stock.py\n${pythonCode}`, 'py'), pythonCode, python],
  ['numbers of lines', fenced(listing), code],
  ['no fence', code, code],
  ['no fence, at the margin', flush, code],
  ['no fence, with a sentence before', `Here is the updated method:\n\n${code}`, code],
  ['no fence, with sentences around', `Here is the updated method:\n\n${code}\n\nIt now has a default value.`, code],
  ['no fence, with a Chinese sentence', `修改如下：\n\n${code}`, code],
  [
    'a SEARCH/REPLACE block',
    '<<<<<<< SEARCH\n  add(article: string, count: number): void {\n=======\n  add(article: string, count = 1): void {\n>>>>>>> REPLACE',
    code,
  ],
  [
    'a SEARCH/REPLACE block with its path',
    'src/stock.ts\n<<<<<<< SEARCH\n  add(article: string, count: number): void {\n=======\n  add(article: string, count = 1): void {\n>>>>>>> REPLACE',
    code,
  ],
  [
    'a SEARCH/REPLACE block in a fence',
    fenced(
      '<<<<<<< SEARCH\n  add(article: string, count: number): void {\n=======\n  add(article: string, count = 1): void {\n>>>>>>> REPLACE',
    ),
    code,
  ],
  [
    'a SEARCH/REPLACE block that does not fit',
    '<<<<<<< SEARCH\n  addAll(articles: string[]) {\n=======\n  x\n>>>>>>> REPLACE',
    { problem: 'no code' },
  ],
  [
    'a diff',
    fenced(
      '--- a/src/stock.ts\n+++ b/src/stock.ts\n@@ -6,3 +6,3 @@\n-  add(article: string, count: number): void {\n+  add(article: string, count = 1): void {\n     this.counts.set(article, count);\n   }',
      'diff',
    ),
    code,
  ],
  [
    'a diff without headings',
    fenced('-  add(article: string, count: number): void {\n+  add(article: string, count = 1): void {', 'diff'),
    code,
  ],
  ['a diff that does not fit', fenced('-  addAll() {\n+  addSome() {', 'diff'), { problem: 'no code' }],
  ['one line in its fence', '```ts add() {} ```', '  add() {}'],
  ['an empty block', '```ts\n```', ''],
  ['a block of blank lines', '```ts\n\n\n```', ''],
  [
    'more lines than there were',
    fenced(`${code}\n\n  addOne(article: string): void {\n    this.add(article);\n  }`),
    `${code}\n\n  addOne(article: string): void {\n    this.add(article);\n  }`,
  ],
  ['a wrapper around the old lines', fenced('if (open) {\n  add(1);\n}', 'ts'), '  if (open) {\n    add(1);\n  }'],
  ['Python', fenced(pythonCode, 'python'), pythonCode, python],
  ['Python at the margin', fenced(pythonCode.replaceAll(/^ {4}/gm, ''), 'python'), pythonCode, python],
  ['Python without a fence', pythonCode, pythonCode, python],
  ['Python with comments and no fence', `    # Counts.\n${pythonCode}`, `    # Counts.\n${pythonCode}`, python],
  [
    'Markdown with a block in it',
    fenced('Run it:\n\n```sh\nnpm start\n```\n\nThen wait.', 'markdown'),
    'Run it:\n\n```sh\nnpm start\n```\n\nThen wait.',
    markdown,
  ],
  [
    'Markdown in a longer fence',
    fenced('Run it:\n\n```sh\nnpm start\n```', 'md', '````'),
    'Run it:\n\n```sh\nnpm start\n```',
    markdown,
  ],
  [
    'prose without a fence, where prose is what is written',
    'Start it with `npm start`.',
    'Start it with `npm start`.',
    markdown,
  ],
  ['a shell command, for a shell script', fenced('echo b', 'sh'), 'echo b', shell],
  ['words alone', 'The method is fine as it is. I would not change it.', { problem: 'no code' }],
  ['words alone, in Chinese', '这段代码没有问题，不需要修改。', { problem: 'no code' }],
  ['a word', 'Done.', { problem: 'no code' }],
  ['a refusal', "I'm sorry, but I can't help with that.", { problem: 'no code' }],
  ['a refusal, where prose is what is written', 'I cannot do that.', { problem: 'no code' }, markdown],
  ['nothing', '', { problem: 'no code' }],
  ['blank lines', '\n\n', { problem: 'no code' }],
  ['the old lines', fenced(original), { problem: 'no change' }],
  ['the old lines at the margin', fenced(original.replaceAll(/^ {2}/gm, '')), { problem: 'no change' }],
  [
    'lines left out',
    fenced('  add(article: string, count = 1): void {\n    // ... existing code ...\n  }'),
    { problem: 'lines left out' },
  ],
  [
    'lines left out, in Chinese',
    fenced('  add(article: string, count = 1): void {\n    // 其余代码不变\n  }'),
    { problem: 'lines left out' },
  ],
  [
    'an end at the limit, in the block',
    `\`\`\`ts\n  add(article: string, count = 1): void {\n    this.cou`,
    { problem: 'cut off' },
    target,
    { isCut: true, hasSecrets: false },
  ],
  [
    'an end at the limit, behind the block',
    `${fenced(code)}\nI have`,
    code,
    target,
    { isCut: true, hasSecrets: false },
  ],
  ['an end at the limit, without a fence', code, { problem: 'cut off' }, target, { isCut: true, hasSecrets: false }],
  [
    'what stands for a secret',
    fenced("  add(): void {\n    login('***********');\n  }"),
    { problem: 'secret' },
    target,
    { isCut: false, hasSecrets: true },
  ],
  [
    'what stands for a secret in packs',
    fenced("  add(): void {\n    login('[secret removed]');\n  }"),
    { problem: 'secret' },
  ],
  [
    'a secret that is read from elsewhere now',
    fenced('  add(): void {\n    login(env.KEY);\n  }'),
    '  add(): void {\n    login(env.KEY);\n  }',
    target,
    { isCut: false, hasSecrets: true },
  ],
  ['a line of asterisks, where there is no secret', fenced(`  /*******/\n${code}`), `  /*******/\n${code}`],
];

describe('the lines for a selection, out of a model\u2019s answer', () => {
  for (const [name, answer, expected, of = target, known = facts] of shapes) {
    it(`that has ${name}`, () => {
      const read = readRewrite(answer, of, known);
      assert.deepEqual('lines' in read ? read.lines.join('\n') : read, expected);
    });
  }

  it('has more than 60 shapes', () => assert.ok(shapes.length >= 60, String(shapes.length)));

  it('keeps blank lines that were selected at the ends', () => {
    const read = readRewrite(fenced(code), { ...target, selected: `\n${original}\n` }, facts);
    assert.deepEqual(read, { lines: `\n${code}\n`.split('\n') });
  });

  it('is read line by line while it comes', () => {
    const answer = `Here:\n\n${fenced(code)}\n\nDone.`;
    const seen: string[] = [];
    for (let at = 0; at <= answer.length; at++) {
      const lines = rewriteSoFar(answer.slice(0, at), target);
      if (lines && lines.join('\n') !== seen.at(-1)) seen.push(lines.join('\n'));
    }
    const lines = code.split('\n');
    assert.deepEqual(seen, ['', ...lines.map((_, at) => lines.slice(0, at + 1).join('\n'))]);
  });
});
