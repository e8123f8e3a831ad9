import type { Sample } from './sample.ts';
import { codeSamples } from './samplesCode.ts';

const textSamples: readonly Sample[] = [
  {
    language: 'css',
    path: 'web/styles/button.css',
    text: `.button {
  color: var(--text);
  padding: 4px 8px;
}

.button:hover {
  color: var(--accent);
}

@media (prefers-reduced-motion) {
  .button {
    transition: none;
  }
}
`,
    edits: [
      ['  padding: 4px 8px;', '  padding: 0.25rem 0.5rem;'],
      ['.button:hover {', '.button:focus-visible {\n  outline: 1px solid;\n}\n\n.button:hover {'],
      [
        '.button:hover {\n  color: var(--accent);\n}\n\n@media (prefers-reduced-motion) {',
        '@media (prefers-reduced-motion) {',
      ],
    ],
  },
  {
    language: 'markdown',
    path: 'docs/guide.md',
    text: `# Guide

Install it:

\`\`\`sh
npm install
\`\`\`

Options
-------

- \`--fast\`: less exact
- \`--quiet\`: says nothing

> Written for version 2.
`,
    edits: [
      ['npm install', 'npm ci'],
      ['- `--quiet`: says nothing', '- `--quiet`: says nothing\n- `--help`:\n\n  ```\n  tool --help\n  ```'],
      ['\n> Written for version 2.', ''],
    ],
  },
  {
    language: 'yaml',
    path: '.github/workflows/ci.yml',
    text: `name: ci
on:
  push:
    branches: [main]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm ci
      - run: npm test
        env:
          CI: 'true'
`,
    edits: [
      ['    runs-on: ubuntu-latest', '    runs-on: [self-hosted, linux]'],
      ['  push:\n    branches: [main]', '  push:\n    branches: [main]\n  pull_request:'],
      ["        env:\n          CI: 'true'", ''],
    ],
  },
  {
    language: 'python',
    path: '工具/统计.py',
    text: `"""统计文章中的字数。"""


def 字数(文章: str) -> int:
    # 空白不算
    return len([字 for 字 in 文章 if not 字.isspace()])


def 打印(文章: str) -> None:
    print(f"共 {字数(文章)} 字，谢谢！")
    print("——完——")
`,
    edits: [
      ['    # 空白不算', '    # 空白与标点都不算'],
      [
        'def 打印(文章: str) -> None:',
        'def 行数(文章: str) -> int:\n    return 文章.count("\\n") + 1\n\n\ndef 打印(文章: str) -> None:',
      ],
      ['    print("——完——")', ''],
    ],
  },
];

/** One file a language. */
export const samples: readonly Sample[] = [...codeSamples, ...textSamples];

/**
 * The sample's text with one edit done by plain replacement of text, which is what the engine has to come to. @throws
 * Error where the edit's text does not stand in the sample exactly once: the table is wrong then.
 */
export function edited({ path, text, edits }: Sample, index: number): string {
  const [search, replace] = edits[index] ?? ['', ''];
  const lines = (part: string) => (part === '' ? '' : `${part}\n`);
  const [before, after, ...more] = text.split(lines(search));
  if (before === undefined || after === undefined || more.length > 0) throw new Error(`${path}: edit ${index}`);
  return before + lines(replace) + after;
}
