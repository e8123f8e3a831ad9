import type { Arriving, HunkView, PlanView, ProposalView, TurnView } from '../../../extension/protocol/chat.ts';
import type { CitationView } from '../../../extension/protocol/citation.ts';

const blank = { reasoning: '', status: 'done', attached: [], citations: [] } as const;

/** A question. */
export const question = (id: string, text: string, more: Partial<TurnView> = {}): TurnView => ({
  ...blank,
  id,
  role: 'user',
  text,
  ...more,
});

/** An answer. */
export const answer = (id: string, text: string, more: Partial<TurnView> = {}): TurnView => ({
  ...blank,
  id,
  role: 'assistant',
  text,
  ...more,
});

/** About forty lines of Markdown with a block of code, different for each number. */
function longAnswer(number: number): string {
  const code = Array.from({ length: 18 }, (_, line) =>
    line % 6 === 0 ? `// step ${line}` : `const value${line} = compute(${number}, "text ${line}", [1, 2, ${line}]);`,
  );
  return [
    `## Answer ${number}`,
    '',
    `The tax is added in \`src/price.ts:8-10\`, **not** where the basket is summed. ${'More words follow. '.repeat(number % 9)}`,
    '',
    ...Array.from(
      { length: 6 },
      (_, item) => `- point ${item + 1}: see [the page](https://example.test/${item}) and *mind* it`,
    ),
    '',
    '```ts',
    ...code,
    '```',
    '',
    '| name | value |',
    '|---|---|',
    '| one | 1 |',
    '| two | 2 |',
    '',
    '> Prices are kept in cents.',
    '',
    `That is all for ${number}.`,
  ].join('\n');
}

/** A conversation of so many questions, each with its answer. */
export const longChat = (pairs: number): TurnView[] =>
  Array.from({ length: pairs }, (_, number) => [
    question(`q${number}`, `Question ${number}: where is tax added?`),
    answer(`a${number}`, longAnswer(number)),
  ]).flat();

const hunk = (line: number, more: Partial<HunkView> = {}): HunkView => ({
  decision: 'pending',
  line,
  lines: [
    ' export class Stock {',
    '-  private readonly counts = new Map<string, number>();',
    '+  /** How many of each article are left in the store, by the name of the article. */',
    '+  private readonly left = new Map<string, number>();',
    ' ',
  ],
  ...more,
});

/** A proposal with every kind of file in it. */
export const proposal = (more: Partial<ProposalView> = {}): ProposalView => ({
  id: 'p1',
  decision: 'pending',
  files: [
    {
      path: 'src/warehouse/stock.ts',
      kind: 'change',
      added: 4,
      removed: 2,
      decision: 'pending',
      hunks: [hunk(12), hunk(30)],
      problems: [],
    },
    {
      path: 'src/left.ts',
      kind: 'make',
      added: 12,
      removed: 0,
      decision: 'pending',
      hunks: [],
      problems: ['Line 4: a closing bracket is missing.'],
    },
    { path: 'src/old.ts', kind: 'delete', added: 0, removed: 31, decision: 'pending', hunks: [], problems: [] },
    {
      path: 'src/names/basket.ts',
      to: 'src/names/cart.ts',
      kind: 'rename',
      added: 1,
      removed: 1,
      decision: 'pending',
      hunks: [hunk(3)],
      problems: [],
    },
  ],
  refused: [{ path: 'src/gone.ts', reason: 'The text to be replaced is not in the file.' }],
  ...more,
});

/** A place of each kind: there, moved within its file and to another, and wrong. */
export const citations: readonly CitationView[] = [
  {
    path: 'src/price.ts',
    startLine: 8,
    endLine: 10,
    verified: true,
    status: 'verified',
    preview:
      'export function withTax(price: Price, rate: number): Price {\n  return { ...price, cents: Math.round(price.cents * (1 + rate)) };\n}',
  },
  {
    path: 'src/basket.ts',
    startLine: 20,
    endLine: 24,
    verified: false,
    status: 'moved',
    to: { path: 'src/basket.ts', startLine: 4, endLine: 8 },
    reason: 'It is at other lines than cited',
    preview:
      'export function basketTotal(prices: readonly Price[]): Price {\n  let cents = 0;\n  for (const price of prices) {\n    cents += price.cents;\n  }',
  },
  {
    path: 'lib/stock.ts',
    startLine: 5,
    endLine: 5,
    verified: false,
    status: 'moved',
    to: { path: 'src/stock.ts', startLine: 5, endLine: 5 },
    reason: 'It is in another file than cited',
    preview: '  add(article: string, count: number): void {',
  },
  {
    path: 'src/tax.ts',
    startLine: 1,
    endLine: 2,
    verified: false,
    status: 'wrong',
    reason: 'there is no such file',
  },
];

/** One conversation with everything in it that the page can show. */
export const everything = (): TurnView[] => [
  question('1', 'Where is tax added? 税在哪里计算？', { attached: ['price.ts:8-10', 'basket.ts'] }),
  answer(
    '2',
    `${longAnswer(3)}\n\nSummed at \`src/basket.ts:20-24\` and \`lib/stock.ts:5\`, not in \`src/tax.ts:1-2\`.`,
    {
      reasoning: 'The user asks about *tax*.',
      reasoningTime: 4200,
      citations,
      note: '128,000 tokens from 412 files',
    },
  ),
  question('3', 'Rename counts to left.'),
  answer('4', 'I rename it.', {
    canRestore: true,
    proposal: proposal(),
  }),
  question('5', 'And now?'),
  answer('6', '', {
    status: 'failed',
    error: { summary: 'The server did not accept the API key.', nextStep: 'Enter it again with "Set API Key".' },
  }),
];

/** A plan with every kind of file in it. */
export const plan = (more: Partial<PlanView> = {}): PlanView => ({
  length: 0,
  summary: 'I rename `counts` to **left**, and what names it.',
  files: [
    { path: 'src/warehouse/stock.ts', kind: 'change', what: 'rename the field and its uses', chosen: true },
    { path: 'src/left.ts', kind: 'make', what: 'the type of what is left', chosen: true },
    { path: 'src/old.ts', kind: 'delete', what: 'nothing refers to it any more', chosen: false },
    {
      path: 'src/names/basket.ts',
      to: 'src/names/cart.ts',
      kind: 'rename',
      what: 'follows the name of what it holds, as its neighbours in this folder do',
      chosen: true,
    },
    { path: '.env', kind: 'change', what: 'a new name', chosen: false, problem: 'may hold secrets' },
  ],
  risks: ['Callers outside of this repository may use the old name.'],
  state: 'open',
  ...more,
});

/** The edits of an answer that is on its way. */
export const arriving = (id: string): Arriving => ({
  id,
  files: [
    { path: 'src/warehouse/stock.ts', kind: 'change', added: 4, removed: 2, state: 'applied' },
    { path: 'src/gone.ts', kind: 'change', added: 0, removed: 0, state: 'refused' },
    { path: 'src/names/basket.ts', to: 'src/names/cart.ts', kind: 'rename', added: 1, removed: 1, state: 'applied' },
    { path: 'src/left.ts', kind: 'make', added: 0, removed: 0, state: 'writing' },
  ],
});
