import { type CitationCase, lines } from './case.ts';

/** Configuration, data and prose, and files that are hard to read. */
export const otherFiles: readonly CitationCase[] = [
  ['a table of SQL', 'The table `orders` refers to `customers` (`db/schema.sql:6-11`).', '✓ db/schema.sql:6-11'],
  ['a column', '`customer_id` is indexed (`db/schema.sql:13`).', '✓ db/schema.sql:13-13'],
  [
    'a column that is not there',
    '`deleted_at` marks them (`db/schema.sql:6-11`).',
    '✗ db/schema.sql:6-11 (deleted_at is not in this file)',
  ],
  [
    'a statement in other case of keywords',
    "`state text not null default 'open'` (`db/schema.sql:9`).",
    '✓ db/schema.sql:9-9',
  ],
  ['a statement of SQL', "`state text NOT NULL DEFAULT 'open'` (`db/schema.sql:9`).", '✓ db/schema.sql:9-9'],
  ['a table that moved', '`CREATE TABLE orders` is at `db/schema.sql:1-3`.', '→ db/schema.sql:1-3 → db/schema.sql:6-6'],
  ['a key of YAML', '`timeout-minutes` is 15 (`.github/workflows/ci.yml:8`).', '✓ .github/workflows/ci.yml:8-8'],
  ['a pair of YAML', '`node-version: 24` (`.github/workflows/ci.yml:13`).', '✓ .github/workflows/ci.yml:13-13'],
  [
    'a pair of YAML with another value',
    '`node-version: 20` (`.github/workflows/ci.yml:13`).',
    '✗ .github/workflows/ci.yml:13-13 (“node-version: 20” is not in this file)',
  ],
  [
    'a pair of YAML that moved',
    '`runs-on: ubuntu-24.04` (`.github/workflows/ci.yml:14-17`).',
    '→ .github/workflows/ci.yml:14-17 → .github/workflows/ci.yml:7-7',
  ],
  [
    'an environment variable',
    '`NODE_OPTIONS` raises the heap (`.github/workflows/ci.yml:17`).',
    '✓ .github/workflows/ci.yml:17-17',
  ],
  ['a command in YAML', 'CI runs `npm test` (`.github/workflows/ci.yml:15`).', '✓ .github/workflows/ci.yml:15-15'],
  ['a script of a manifest', '`"build": "tsc -p ."` (`package.json:5`).', '✓ package.json:5-5'],
  ['a command that runs a script', 'Run `npm run build` (`package.json:5`).', '✓ package.json:5-5'],
  ['a target of make', 'The target `test` needs `build` (`Makefile:6-7`).', '✓ Makefile:6-7'],
  ['a file without an ending, out of backticks', 'The port is set in Dockerfile:4.', '✓ Dockerfile:4-4'],
  ['an instruction', '`EXPOSE 8080` (`Dockerfile:4`).', '✓ Dockerfile:4-4'],
  [
    'an instruction with another port',
    '`EXPOSE 3000;` (`Dockerfile:4`).',
    '✗ Dockerfile:4-4 (“EXPOSE 3000;” is not in this file)',
  ],
  ['prose in a document', 'The guide says "满 49.90 元免运费" (`docs/guide.md:7`).', '✓ docs/guide.md:7-7'],
  ['a hidden file', '`build/` is ignored (`.gitignore:1`).', '✓ .gitignore:1-1'],
  ['line ends of Windows', '`windowsOnly` returns `"crlf"` (`src/crlf.ts:3-5`).', '✓ src/crlf.ts:3-5'],
  [
    'the end of a file with line ends of Windows',
    '`windowsOnly` (`src/crlf.ts:3-6`).',
    '→ src/crlf.ts:3-6 → src/crlf.ts:3-5',
  ],
  [
    'code across line ends of Windows',
    lines('`src/crlf.ts:3-5`:', '```ts', 'export function windowsOnly(): string {', '  return "crlf";', '}', '```'),
    '✓ src/crlf.ts:3-5',
  ],
  ['UTF-16', 'It has a second line (`data/wide.txt:2`).', '✓ data/wide.txt:2-2'],
  [
    'past the end of UTF-16',
    'It has a third line (`data/wide.txt:3`).',
    '✗ data/wide.txt:3-3 (the file has only 2 lines)',
  ],
  ['an empty file', 'See `src/empty.ts:1`.', '✗ src/empty.ts:1-1 (the file is empty)'],
  ['a picture', 'See `media/logo.png:1`.', '✗ media/logo.png:1-1 (GLM Coder does not read this file: binary)'],
  [
    'bytes in a file of data',
    'See `data/blob.dat:1`.',
    '✗ data/blob.dat:1-1 (GLM Coder does not read this file: binary)',
  ],
  [
    'a file of over a megabyte',
    'See `data/huge.json:2`.',
    '✗ data/huge.json:2-2 (GLM Coder does not read this file: larger than 1 MB)',
  ],
  [
    'a file of secrets',
    'The token is in `.env:1`.',
    '✗ .env:1-1 (GLM Coder does not read this file: may hold secrets)',
  ],
  [
    'an ignored file',
    'The result is in `build/out.js:1`.',
    '✗ build/out.js:1-1 (GLM Coder does not read this file: ignored by version control)',
  ],
  ['an unsaved buffer', '`unsavedHelper` adds 41 (`src/draft.ts:3-5`).', '✓ src/draft.ts:3-5'],
  ['past the end of an unsaved buffer', 'See `src/draft.ts:9`.', '✗ src/draft.ts:9-9 (the file has only 5 lines)'],
  ['a secret among code', '`endpoint` is set (`src/config.ts:1-3`).', '✓ src/config.ts:1-3'],
];
