import { type CitationCase, lines } from './case.ts';

export const typescript: readonly CitationCase[] = [
  ['a function by its declaration', 'Tax is added by `withTax` (`src/price.ts:8-10`).', '✓ src/price.ts:8-10'],
  ['a function by its only line', 'The cents are rounded in `withTax` at `src/price.ts:9`.', '✓ src/price.ts:9-9'],
  ['a function by its documentation', '`withTax` is documented at `src/price.ts:7`.', '✓ src/price.ts:7-7'],
  [
    'a declaration that moved up',
    '`formatPrice` is at `src/price.ts:30-32`.',
    '→ src/price.ts:30-32 → src/price.ts:13-15',
  ],
  [
    'a declaration that moved down',
    'See `formatPrice` in `src/price.ts:2-4`.',
    '→ src/price.ts:2-4 → src/price.ts:13-15',
  ],
  ['a line off by one', '`cents` is declared in `src/price.ts:4`.', '✓ src/price.ts:4-4'],
  [
    'a name that is not in the file',
    '`withDiscount` is in `src/price.ts:8-10`.',
    '✗ src/price.ts:8-10 (withDiscount is not in this file)',
  ],
  [
    'a call of a name that is not in the file',
    'It calls `applyVat()` at `src/price.ts:9`.',
    '✗ src/price.ts:9-9 (applyVat() is not in this file)',
  ],
  [
    'a quote',
    'It returns `{ ...price, cents: Math.round(price.cents * (1 + rate)) }` (`src/price.ts:9`).',
    '✓ src/price.ts:9-9',
  ],
  [
    'a quote with other white space',
    'It returns `{...price, cents:Math.round( price.cents*(1+rate) )}` (`src/price.ts:9`).',
    '✓ src/price.ts:9-9',
  ],
  [
    'a part of a quote',
    'The tax is `Math.round(price.cents * (1 + rate))`, see `src/price.ts:9`.',
    '✓ src/price.ts:9-9',
  ],
  [
    'a quote with another operator',
    'The tax is `price.cents * (1 - rate)`, see `src/price.ts:9`.',
    '✗ src/price.ts:9-9 (“price.cents * (1 - rate)” is not in this file)',
  ],
  [
    'a quote with another number',
    'There is `const maxAttempts = 5` in `src/http/client.ts:4`.',
    '✗ src/http/client.ts:4-4 (“const maxAttempts = 5” is not in this file)',
  ],
  [
    'a quote with its number',
    'There is `const maxAttempts = 3` in `src/http/client.ts:4`.',
    '✓ src/http/client.ts:4-4',
  ],
  [
    'a quote that is elsewhere',
    'There is `const maxAttempts = 3;` in `src/http/client.ts:21-28`.',
    '→ src/http/client.ts:21-28 → src/http/client.ts:4-4',
  ],
  [
    'a quote within the tolerance',
    'There is `const maxAttempts = 3;` in `src/http/client.ts:6`.',
    '✓ src/http/client.ts:6-6',
  ],
  [
    'a quote with other quotation marks',
    'It throws `new HttpError(401, "The session has expired, sign in again")` (`src/http/client.ts:57`).',
    '✓ src/http/client.ts:57-57',
  ],
  [
    'a quote over two lines of the file',
    'It checks `if (response.status === 401) { throw new HttpError(401` (`src/http/client.ts:56-57`).',
    '✓ src/http/client.ts:56-57',
  ],
  [
    'an elided quote',
    'See `if (response.status === 401) { ... }` at `src/http/client.ts:56-58`.',
    '✓ src/http/client.ts:56-58',
  ],
  [
    'an elided quote whose end is invented',
    'See `if (response.status === 401) { … return undefined; }` at `src/http/client.ts:56-58`.',
    '✗ src/http/client.ts:56-58 (“if (response.status === 401) { … return undefined; }” is not in this file)',
  ],
  ['a signature without its types', '`withTax(price, rate)` at `src/price.ts:8`.', '✓ src/price.ts:8-8'],
  ['a signature over several lines', '`post(path, body)` at `src/http/client.ts:42-47`.', '✓ src/http/client.ts:42-47'],
  [
    'a method inside of its class',
    '`HttpClient` keeps them in a map (`src/http/client.ts:34`).',
    '✓ src/http/client.ts:34-34',
  ],
  [
    'a method named with its class',
    '`HttpClient.get` shares responses (`src/http/client.ts:30-40`).',
    '✓ src/http/client.ts:30-40',
  ],
  ['a line deep in a method', '`get` removes the entry in `src/http/client.ts:38`.', '✓ src/http/client.ts:38-38'],
  [
    'a line under a head of several lines',
    '`post` sends JSON (`src/http/client.ts:46`).',
    '✓ src/http/client.ts:46-46',
  ],
  [
    'a method cited inside another one',
    '`post` sends JSON (`src/http/client.ts:31-33`).',
    '→ src/http/client.ts:31-33 → src/http/client.ts:42-44',
  ],
  ['a field', '`this.pending` is set at `src/http/client.ts:34`.', '✓ src/http/client.ts:34-34'],
  [
    'a message in quotation marks',
    'The user reads "The session has expired, sign in again" (`src/http/client.ts:57`).',
    '✓ src/http/client.ts:57-57',
  ],
  [
    'a message that is not there',
    'The user reads "Your token is no longer valid here" (`src/http/client.ts:57`).',
    '✗ src/http/client.ts:57-57 (“Your token is no longer valid here” is not in this file)',
  ],
  [
    'a message that is elsewhere',
    'The user reads "The session has expired, sign in again" (`src/http/client.ts:30-40`).',
    '→ src/http/client.ts:30-40 → src/http/client.ts:57-57',
  ],
  [
    'words that are only set apart',
    'This is the "fast path" of the client (`src/http/client.ts:31-32`).',
    '✓ src/http/client.ts:31-32',
  ],
  [
    'a literal of the language',
    'It returns `undefined` where there is none (`src/http/client.ts:31`).',
    '✓ src/http/client.ts:31-31',
  ],
  [
    'a name that stands only in prose',
    'Here formatPrice writes the currency (src/price.ts:13-15).',
    '✓ src/price.ts:13-15',
  ],
  [
    'a name in prose that is invented',
    'Here formatCurrency writes it (src/price.ts:13-15).',
    '✗ src/price.ts:13-15 (formatCurrency is not in this file)',
  ],
  [
    'a type that is only inferred',
    'Its result is `Promise<Price | undefined>` (`src/price.ts:8-10`).',
    '✓ src/price.ts:8-10',
  ],
  ['a name in another case', '`WithTax` is in `src/price.ts:8-10`.', '✓ src/price.ts:8-10'],
  [
    'the product in the text',
    'In TypeScript and Node.js this is `fetch` (`src/http/client.ts:51`).',
    '✓ src/http/client.ts:51-51',
  ],
  [
    'a constant with underscores',
    'The timeout is `defaultTimeout = 30_000` (`src/http/client.ts:3`).',
    '✓ src/http/client.ts:3-3',
  ],
  [
    'a call with a literal',
    'It calls `this.send("GET", path)` at `src/http/client.ts:33`.',
    '✓ src/http/client.ts:33-33',
  ],
  [
    'a call with another literal',
    'It calls `this.send("DELETE", path)` at `src/http/client.ts:33`.',
    '✗ src/http/client.ts:33-33 (this.send("DELETE", path) is not in this file)',
  ],
  [
    'a call whose literal is elsewhere',
    'It calls `this.send("POST", path)` at `src/http/client.ts:31`.',
    '→ src/http/client.ts:31-31 → src/http/client.ts:46-46',
  ],
  [
    'code below the place',
    lines(
      'The client shares requests (`src/http/client.ts:31-34`):',
      '',
      '```ts',
      'const known = this.pending.get(path);',
      'if (known) return known as Promise<T>;',
      '```',
    ),
    '✓ src/http/client.ts:31-34',
  ],
  [
    'code below the place that stands elsewhere',
    lines(
      'The client shares requests (`src/http/client.ts:6-9`):',
      '',
      '```ts',
      'const known = this.pending.get(path);',
      'if (known) return known as Promise<T>;',
      '```',
    ),
    '→ src/http/client.ts:6-9 → src/http/client.ts:31-32',
  ],
  [
    'code below the place that is invented',
    lines(
      'The client shares requests (`src/http/client.ts:31-34`):',
      '```ts',
      'const cached = await redis.get(path);',
      'if (cached) return JSON.parse(cached);',
      '```',
    ),
    '✗ src/http/client.ts:31-34 (the code shown is not in this file)',
  ],
  [
    'code with an elision',
    lines(
      '`src/http/client.ts:49-61`:',
      '```ts',
      'private async send(method: string, path: string, body?: string): Promise<unknown> {',
      '  // ...',
      '  return response.json();',
      '}',
      '```',
    ),
    '✓ src/http/client.ts:49-61',
  ],
  [
    'code with line numbers',
    lines(
      '`src/price.ts:8-10`:',
      '```ts',
      '8 | export function withTax(price: Price, rate: number): Price {',
      '9 |   return { ...price, cents: Math.round(price.cents * (1 + rate)) };',
      '10 | }',
      '```',
    ),
    '✓ src/price.ts:8-10',
  ],
  [
    'code that is proposed',
    lines(
      'Change `src/price.ts:9` to:',
      '```ts',
      'return { ...price, cents: Math.floor(price.cents * (1 + rate)) };',
      'audit(price);',
      '```',
    ),
    '✓ src/price.ts:9-9',
  ],
  [
    'a page of a route with brackets',
    'The page is `Page` in `src/app/[id]/page.tsx:1-3`.',
    '✓ src/app/[id]/page.tsx:1-3',
  ],
];
