import type { CompletionRequest } from '../backend.ts';
import type { FimOrder } from '../fimPrompt.ts';

/** A gap that has one right answer. */
type Gap = Pick<CompletionRequest, 'path' | 'languageId' | 'prefix' | 'suffix'> & { readonly answer: string };

/** Each needs the text behind the cursor as much as the text before it: a model that overlooks one of them fails. */
const gaps: readonly Gap[] = [
  {
    path: 'swap.ts',
    languageId: 'typescript',
    prefix: 'export function swap(pair: [number, number]): [number, number] {\n  const [',
    suffix: '] = pair;\n  return [second, first];\n}\n',
    answer: 'first, second',
  },
  {
    path: 'prices.py',
    languageId: 'python',
    prefix: 'def add_up(prices):\n    ',
    suffix: '\n    for price in prices:\n        sum_of_prices += price\n    return sum_of_prices\n',
    answer: 'sum_of_prices = 0',
  },
  {
    path: 'join.js',
    languageId: 'javascript',
    prefix: 'const ',
    suffix: " = require('node:path');\n\nconsole.log(path.join('src', 'index.js'));\n",
    answer: 'path =',
  },
];

/** Tokens of answer, enough for the longest right one and what follows it. */
const maxTokens = 12;

/** Gaps that only the other order fills, from which on it is the model's. */
const clearLead = 2;

const bare = (text: string): string => text.replace(/\s/g, '');

/** Whether an answer is the right one, and ends where it should. */
function isRight({ answer, suffix }: Gap, given: string): boolean {
  const expected = bare(answer);
  return (
    `${bare(given)}${bare(suffix)}`.startsWith(expected) && bare(given) !== '' && bare(given).length <= expected.length
  );
}

/** Fills a gap in an order; gives the whole answer. */
export type Fill = (order: FimOrder, request: CompletionRequest) => Promise<string>;

/**
 * Finds in which order a model was trained to read the two sides of a gap, which is documented of none since GLM-4.5
 * (glm-protocol.md 3.2): it is asked for gaps whose text is known. The suffix goes first, since typing then changes the
 * prompt's end only, unless the model fills gaps with the prefix first that it does not fill so. Somebody waits for it, so it
 * asks for no more than it must.
 */
export async function probeFimOrder(fill: Fill): Promise<FimOrder> {
  let lead = 0;
  for (const [at, gap] of gaps.entries()) {
    if (lead + gaps.length - at < clearLead) break;
    const request = { ...gap, mode: 'line', maxTokens } as const;
    if (isRight(gap, await fill('suffix-first', request))) continue;
    if (isRight(gap, await fill('prefix-first', request))) lead++;
    if (lead >= clearLead) return 'prefix-first';
  }
  return 'suffix-first';
}
