/** Addresses that must neither be opened nor fetched. */
const addresses = [
  'javascript:window.harmed=1',
  'command:workbench.action.quit',
  'vscode://evil.extension/run',
  'data:text/html,<script>window.harmed=1</script>',
  'file:///etc/passwd',
];

const tableRow = (cell: string): string => `|${`${cell}|`.repeat(100)}\n`;

/** What a model could write to harm the page, by what it tries. */
export const hostile: Readonly<Record<string, string>> = {
  html: [
    '<script>window.harmed=1</script>',
    '<img src="https://evil.test/x.png" onerror="window.harmed=1">',
    '<svg onload="window.harmed=1"></svg>',
    '<iframe src="https://evil.test/"></iframe>',
    '<b onclick="window.harmed=1">x</b>',
    '```html\n<script>window.harmed=1</script><img src=x onerror=window.harmed=1>\n```',
    '`<script>window.harmed=1</script>`',
    '```"><img src=x onerror=window.harmed=1>\ncode\n```',
  ].join('\n\n'),
  addresses: addresses
    .flatMap((address) => [
      `[words](<${address}>)`,
      `<${address}>`,
      address,
      `![alt](<${address}>)`,
      `[a]: <${address}>`,
    ])
    .join('\n\n'),
  pictures: '![a](https://evil.test/a.png) [![b](https://evil.test/b.png)](https://ok.test) ![c](//evil.test/c.png)',
  'a table of 10,000 cells': `${tableRow('head')}${tableRow('---')}${tableRow('cell').repeat(99)}`,
  'a line of a million letters': 'x'.repeat(1_000_000),
  'a line of many words': 'word _and_ `code` '.repeat(60_000),
  'a code line of a million letters': `\`\`\`ts\n${'x = 1; '.repeat(150_000)}\n\`\`\``,
  'deep quotes': `${'>'.repeat(10_000)} deep`,
  'deep lists': `${'- '.repeat(10_000)} deep`,
  'deep lists on lines of their own': Array.from({ length: 400 }, (_, level) => `${'  '.repeat(level)}- x`).join('\n'),
  'deep emphasis': `${'*a _b '.repeat(10_000)}c${' d_ e*'.repeat(10_000)}`,
  'deep brackets': `${'['.repeat(10_000)}x${']'.repeat(10_000)}`,
  'open brackets and backticks': `${'![`'.repeat(20_000)}`,
  'many stars': `${'**a'.repeat(20_000)}`,
  'many angles': '<a '.repeat(30_000),
  'many underscores in places': 'a_b.py:3 '.repeat(20_000),
  'broken fences':
    '```ts\nconst a = 1;\n``\n~~~\n````\nstill code\n```\n```\n\n    ```\n~~~ x\n<script>window.harmed=1</script>',
  'bidi marks':
    'Safe \u202Egnp.exe\u202C and \u2066x\u2069, `a\u202Eb`\n\n```ts\n/*\u202E } \u2066if (admin)\u2069 */\n```',
};
