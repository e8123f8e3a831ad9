import type { TurnView } from '../../../extension/protocol/chat.ts';
import type { CoverageView, MissingView, PartView, SurveyView } from '../../../extension/protocol/reading.ts';
import { answer, question } from './turns.ts';

/** A large repository, of which the half was read. */
export const coverage: CoverageView = {
  ...{
    tokens: 128_000,
    wholeTokens: 412_000,
    files: 10_512,
    whole: 120,
    inPart: 93,
    nameOnly: 4,
    price: 0.0768,
    canWiden: true,
  },
  leftOut: [
    {
      reason: 'over the budget',
      count: 10_295,
      paths: Array.from({ length: 30 }, (_, at) => `packages/payments/src/main/handlers/incoming/handler${at}.ts`),
      mayBeRead: true,
    },
    { reason: 'binary', count: 2, paths: ['media/icon.png', 'media/logo.png'], mayBeRead: false },
  ],
};

/** What an answer lacks. */
export const missing: MissingView = {
  what: ['the implementation of `RetryPolicy`', 'where its limits are set'],
  terms: ['retry', 'policy', 'limit', '重试'],
  likely: [
    { path: 'src/server/retryPolicy.ts', tokens: 1_200 },
    { path: 'src/server/limits.ts', tokens: 300 },
  ],
};

/** A question about every file, in nine parts. */
export const survey = (more: Partial<SurveyView> = {}): SurveyView => ({
  ...{ state: 'asking', requests: 10, tokens: 1_124_000, cost: 0.6744, files: 10_512 },
  parts: Array.from({ length: 9 }, (_, at) => ({
    ...{ state: 'queued', files: 1_168, tokens: 124_000 },
    first: `src/a${at}/first.ts`,
    last: `src/a${at}/last.ts`,
  })),
  ...more,
});

const underWay = (): SurveyView => {
  const states = ['found', 'nothing', 'failed', 'reading'] as const;
  const parts = survey().parts.map((part, at): PartView => ({ ...part, state: states[at] ?? 'queued' }));
  return survey({
    state: 'reading',
    parts: parts.map((part, at) =>
      at === 2 ? { ...part, why: 'The server refused the prompt.' } : at === 3 ? { ...part, percent: 45 } : part,
    ),
  });
};

/** All of it, one after the other; the last is the one that can be asked again. */
export const readings = (): TurnView[] => [
  question('1', 'Where is tax added?'),
  answer('2', 'In `src/price.ts:8-10`.', {
    coverage: {
      ...coverage,
      tokens: 3_400,
      wholeTokens: 3_400,
      files: 12,
      whole: 12,
      inPart: 0,
      nameOnly: 0,
      canWiden: false,
      leftOut: [],
    },
  }),
  question('3', 'List all places that add tax.'),
  answer('4', '', { status: 'waiting', survey: survey() }),
  question('5', 'List all places that add tax.'),
  answer('6', '**Part 1 of 9**\n\n- `src/price.ts:8`', { status: 'streaming', survey: underWay() }),
  question('7', 'List all places that add tax.'),
  answer('8', 'In `src/price.ts:8`.', {
    survey: {
      ...{ ...underWay(), state: 'done', findings: '**Part 1 of 9**\n\n- `src/price.ts:8`' },
      citations: [{ path: 'src/price.ts', startLine: 8, endLine: 8, verified: true, status: 'verified' }],
    },
  }),
  question('9', 'How often does it retry?'),
  answer('10', 'The files show that a request is sent again, but not how often.', { coverage, missing }),
];
