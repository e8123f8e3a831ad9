import { applies, block, type Case, refuses, whole } from './case.ts';

const conflict = '<<<<<<< HEAD\nlet a = 1;\n=======\nlet a = 2;\n>>>>>>> feature/two';
const base = '<<<<<<< ours\na\n||||||| base\nb\n=======\nc\n>>>>>>> theirs';
const around = (text: string) => `first\n${text}\nlast\n`;
const example = `${block('x.ts', 'a', 'b')}`;

/** Files whose own text has marks, and blocks that begin, end or divide where they should not. */
export const marksInText: readonly Case[] = [
  applies('conflict resolved', { 'a.ts': around(conflict) }, block('a.ts', conflict, 'let a = 2;'), {
    'a.ts': around('let a = 2;'),
  }),
  applies('conflict with a base resolved', { 'a.ts': around(base) }, block('a.ts', base, 'a\nc'), {
    'a.ts': around('a\nc'),
  }),
  applies('conflict written', { 'test.ts': 'a\nb\n' }, block('test.ts', 'b', conflict), {
    'test.ts': `a\n${conflict}\n`,
  }),
  applies(
    'conflict kept on both sides',
    { 'a.ts': around(conflict) },
    block('a.ts', `first\n${conflict}`, `1st\n${conflict}`),
    {
      'a.ts': `1st\n${conflict}\nlast\n`,
    },
  ),
  applies('conflict in a new file', {}, block('a.ts', '', around(conflict).trimEnd()), { 'a.ts': around(conflict) }),
  applies('conflict in a whole file', { 'a.ts': 'x\n' }, whole('a.ts', around(conflict).trimEnd()), {
    'a.ts': around(conflict),
  }),
  applies('beside a conflict', { 'a.ts': around(conflict) }, block('a.ts', 'last', 'end'), {
    'a.ts': around(conflict).replace('last', 'end'),
  }),
  refuses(
    'half a conflict',
    { 'a.ts': around(conflict) },
    block('a.ts', '=======\nlet a = 2;', 'let a = 2;'),
    'a.ts',
    'more than one divider',
  ),
  refuses(
    'half a conflict on both sides',
    { 'a.ts': around(conflict) },
    block('a.ts', '=======', '======='),
    'a.ts',
    'more than one divider',
  ),
  applies(
    'heading underlined by five signs',
    { 'a.md': 'Title\n=====\n\ntext\n' },
    block('a.md', 'Title\n=====', 'Name\n====='),
    {
      'a.md': 'Name\n=====\n\ntext\n',
    },
  ),
  applies(
    'heading underlined by eight signs',
    { 'a.rst': 'Chapter\n========\n' },
    block('a.rst', 'Chapter\n========', 'Chapter 1\n========='),
    {
      'a.rst': 'Chapter 1\n=========\n',
    },
  ),
  refuses(
    'heading underlined by seven signs',
    { 'a.md': 'Chapter\n=======\n' },
    block('a.md', 'Chapter\n=======', 'Part\n===='),
    'a.md',
    'more than one divider',
  ),
  applies(
    'seven signs, marks of nine',
    { 'a.md': 'Chapter\n=======\n' },
    'a.md\n<<<<<<<<< SEARCH\nChapter\n=======\n=========\nPart one\n=======\n>>>>>>>>> REPLACE\n',
    {
      'a.md': 'Part one\n=======\n',
    },
  ),
  applies(
    'indented divider in the text',
    { 'a.py': 'def a():\n    """\n    =======\n    """\n' },
    block('a.py', 'def a():\n    """\n    =======', 'def b():\n    """\n    ======='),
    {
      'a.py': 'def b():\n    """\n    =======\n    """\n',
    },
  ),
  applies(
    'indented marks in a string',
    { 'a.ts': 'a(`\n    <<<<<<< SEARCH\n    x\n    >>>>>>> REPLACE\n`);\n' },
    block(
      'a.ts',
      'a(`\n    <<<<<<< SEARCH\n    x\n    >>>>>>> REPLACE',
      'b(`\n    <<<<<<< SEARCH\n    y\n    >>>>>>> REPLACE',
    ),
    {
      'a.ts': 'b(`\n    <<<<<<< SEARCH\n    y\n    >>>>>>> REPLACE\n`);\n',
    },
  ),
  applies(
    'long lines of signs',
    { 'a.txt': 'a\n==========\n<<<<<<<<<<\n>>>>>>>>>>\n' },
    block('a.txt', 'a\n==========\n<<<<<<<<<<', 'b\n==========\n<<<<<<<<<<'),
    {
      'a.txt': 'b\n==========\n<<<<<<<<<<\n>>>>>>>>>>\n',
    },
  ),
  applies(
    'operators that look like marks',
    { 'a.cpp': 'x = 1;\n' },
    block('a.cpp', 'x = 1;', 'cout << x;\nif (a == b) y >>= 7;\n// SEARCH and REPLACE'),
    {
      'a.cpp': 'cout << x;\nif (a == b) y >>= 7;\n// SEARCH and REPLACE\n',
    },
  ),
  {
    name: 'a block quoted within a block',
    before: { 'rules.md': 'old\n', 'x.ts': 'a\n' },
    answer: block('rules.md', 'old', `new:\n${example.trimEnd()}`),
    after: { 'rules.md': 'old\n', 'x.ts': 'a\n' },
    refused: [
      ['rules.md', 'no end mark'],
      ['x.ts', 'inside another block'],
      ['x.ts', 'no opening mark'],
    ],
  },
  {
    name: 'the end of the first block forgotten',
    before: { 'a.ts': 'a\n', 'b.ts': 'b\n', 'c.ts': 'c\n' },
    answer:
      block('a.ts', 'a', 'A').replace('>>>>>>> REPLACE\n', '') + block('b.ts', 'b', 'B') + block('c.ts', 'c', 'C'),
    after: { 'a.ts': 'a\n', 'b.ts': 'b\n', 'c.ts': 'C\n' },
    refused: [
      ['a.ts', 'no end mark'],
      ['b.ts', 'inside another block'],
    ],
  },
  {
    name: 'divider and end of the first block forgotten, in one file',
    before: { 'a.ts': 'a\nb\n' },
    answer: `a.ts\n<<<<<<< SEARCH\na\n${block('', 'b', 'B').trimStart()}`,
    after: { 'a.ts': 'a\nb\n' },
    refused: [
      ['a.ts', 'no end mark'],
      ['a.ts', 'inside another block'],
    ],
  },
  {
    name: 'a file not ended before the next',
    before: { 'b.ts': 'b\n' },
    answer: whole('a.ts', 'a').replace('>>>>>>> FILE\n', '') + block('b.ts', 'b', 'B'),
    after: { 'b.ts': 'b\n' },
    refused: [
      ['a.ts', 'no end mark'],
      ['b.ts', 'inside another block'],
    ],
  },
  {
    name: 'a deletion within a block',
    before: { 'a.ts': 'a\n', 'b.ts': 'b\n' },
    answer: block('a.ts', 'a', 'A\n<<<<<<< DELETE b.ts >>>>>>>'),
    after: { 'a.ts': 'a\n', 'b.ts': 'b\n' },
    refused: [
      ['a.ts', 'no end mark'],
      ['b.ts', 'inside another block'],
      ['b.ts', 'no opening mark'],
    ],
  },
  refuses(
    'file ended as a block',
    { 'a.ts': 'x\n' },
    whole('a.ts', 'a').replace('> FILE', '> REPLACE'),
    'a.ts',
    'wrong mark',
  ),
  refuses(
    'block ended as a file',
    { 'a.ts': 'a\n' },
    block('a.ts', 'a', 'A').replace('REPLACE', 'FILE'),
    'a.ts',
    'wrong mark',
  ),
  refuses(
    'words after the mark',
    { 'a.ts': 'a\n' },
    block('a.ts', 'a', 'A').replace('SEARCH', 'SEARCH for this'),
    'a.ts',
    'wrong mark',
  ),
  refuses(
    'divider with a word',
    { 'a.ts': 'a\n' },
    block('a.ts', 'a', 'A').replace('\n=======', '\n======= REPLACE'),
    'a.ts',
    'wrong mark',
  ),
  applies(
    'fences in what is replaced',
    { 'a.md': '```js\na\n```\nb\n' },
    `a.md\n\`\`\`\`md\n<<<<<<< SEARCH\n\`\`\`js\na\n\`\`\`\n=======\n~~~js\na\n~~~\n>>>>>>> REPLACE\n\`\`\`\`\n`,
    {
      'a.md': '~~~js\na\n~~~\nb\n',
    },
  ),
  applies(
    'three signs around three signs',
    { 'a.md': 'x\n' },
    `a.md\n\`\`\`md\n<<<<<<< SEARCH\nx\n=======\n\`\`\`sh\ny\n\`\`\`\n>>>>>>> REPLACE\n\`\`\`\n`,
    {
      'a.md': '```sh\ny\n```\n',
    },
  ),
  applies(
    'a conflict shown in the prose',
    { 'a.ts': 'a\n' },
    `You have this:\n\`\`\`\n${conflict}\n\`\`\`\n${block('a.ts', 'a', 'A')}`,
    {
      'a.ts': 'A\n',
    },
  ),
  applies('underlined heading in the prose', { 'a.ts': 'a\n' }, `Changes\n=======\n\n${block('a.ts', 'a', 'A')}`, {
    'a.ts': 'A\n',
  }),
];
