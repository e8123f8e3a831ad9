/** How a hosted model thinks (glm-protocol.md 1.2, 1.3): `toggle` obeys `thinking.type`, `always` only takes an effort. */
export type Thinking = 'none' | 'toggle' | 'always';

/** What we need to know of a hosted model. */
export interface HostedModel {
  /** Tokens of prompt and answer together. */
  readonly window: number;
  /** Tokens of answer, thinking included, at the most. */
  readonly maxOutput: number;
  readonly thinking: Thinking;
}

const wide = { window: 200_000, maxOutput: 131_072, thinking: 'toggle' } as const;
const million = { window: 1_000_000, maxOutput: 131_072, thinking: 'always' } as const;
const glm45 = { window: 131_072, maxOutput: 98_304, thinking: 'toggle' } as const;

/** Hosted models as of 2026-11-23 (glm-protocol.md 1.2; 200,000 is the safe hosted value of the "200K" models). */
const catalogue: Readonly<Record<string, HostedModel>> = {
  'glm-5.3': million,
  'glm-5.3-flash': million,
  'glm-5.3-flashx': million,
  'glm-5.2': { ...million, thinking: 'toggle' },
  'glm-5.1': wide,
  'glm-5': wide,
  'glm-5-turbo': wide,
  'glm-4.7': wide,
  'glm-4.7-flashx': wide,
  'glm-4.7-flash': wide,
  'glm-4.6': wide,
  'glm-4.5': glm45,
  'glm-4.5-x': glm45,
  'glm-4.5-air': glm45,
  'glm-4.5-airx': glm45,
  'glm-4.5-flash': glm45,
  'glm-4-32b-0414-128k': { window: 128_000, maxOutput: 16_384, thinking: 'none' },
  'glm-4-flash-250414': { window: 128_000, maxOutput: 16_384, thinking: 'none' },
};

/** Looks a hosted model up; an unknown id gets the smallest window of the current families. */
export function hostedModel(id: string): HostedModel {
  return catalogue[id] ?? { window: 128_000, maxOutput: 16_384, thinking: 'none' };
}
