import { hostedEndpoints } from '../settings.ts';

/** How a hosted model thinks (glm-protocol.md 1.2, 1.3): `toggle` obeys `thinking.type`, `always` only takes an effort. */
export type Thinking = 'none' | 'toggle' | 'always';

/** US dollars for a million tokens: read anew, read from the cache, written. */
export interface Price {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** What we need to know of a hosted model. */
export interface HostedModel {
  /** Tokens of prompt and answer together. */
  readonly window: number;
  /** Tokens of answer, thinking included, at the most. */
  readonly maxOutput: number;
  readonly thinking: Thinking;
  /** Whether it takes `tool_stream` (glm-protocol.md 1.3). */
  readonly streamsTools?: boolean;
  /** Undefined where none is published. */
  readonly price?: Price;
}

/** The day to which the catalogue is true. */
export const catalogueDate = '2026-11-23';

const usd = (input: number, cached: number, output: number): { price: Price } => ({ price: { input, cached, output } });
const free = usd(0, 0, 0);

const million = { window: 1_000_000, maxOutput: 131_072, thinking: 'always', streamsTools: true } as const;
const wide = { window: 200_000, maxOutput: 131_072, thinking: 'toggle', streamsTools: true } as const;
const glm45 = { window: 131_072, maxOutput: 98_304, thinking: 'toggle' } as const;
const plain = { window: 128_000, maxOutput: 16_384, thinking: 'none' } as const;

/**
 * Hosted models (glm-protocol.md 1.2: limits from the published specification, 200,000 being the safe value of the "200K"
 * models; prices of the international page, captured on 2026-07-31 and 2026-10-04).
 */
const catalogue: Readonly<Record<string, HostedModel>> = {
  'glm-5.3': { ...million, ...usd(1.4, 0.26, 4.4) },
  'glm-5.3-flash': { ...million, ...usd(0.15, 0.03, 0.5) },
  'glm-5.3-flashx': million,
  'glm-5.2': { ...million, thinking: 'toggle', ...usd(1.4, 0.26, 4.4) },
  'glm-5.1': { ...wide, ...usd(1.4, 0.26, 4.4) },
  'glm-5': { ...wide, ...usd(1, 0.2, 3.2) },
  'glm-5-turbo': { ...wide, ...usd(1.2, 0.24, 4) },
  'glm-4.7': { ...wide, ...usd(0.6, 0.11, 2.2) },
  'glm-4.7-flashx': { ...wide, ...usd(0.07, 0.01, 0.4) },
  'glm-4.7-flash': { ...wide, ...free },
  'glm-4.6': { ...wide, ...usd(0.6, 0.11, 2.2) },
  'glm-4.5': { ...glm45, ...usd(0.6, 0.11, 2.2) },
  'glm-4.5-x': { ...glm45, ...usd(2.2, 0.45, 8.9) },
  'glm-4.5-air': { ...glm45, ...usd(0.2, 0.03, 1.1) },
  'glm-4.5-airx': { ...glm45, ...usd(1.1, 0.22, 4.5) },
  'glm-4.5-flash': { ...glm45, ...free },
  'glm-4-32b-0414-128k': { ...plain, ...usd(0.1, 0.1, 0.1) },
  'glm-4-flash-250414': plain,
  'codegeex-4': { window: 128_000, maxOutput: 32_768, thinking: 'none' },
};

/** The ids of the catalogue, the newest generation first. */
export const hostedModels: readonly string[] = Object.keys(catalogue);

/** Looks a hosted model up; an unknown id gets the smallest window of the current families. */
export function hostedModel(id: string): HostedModel {
  return catalogue[id] ?? plain;
}

/** What a model costs at an address; undefined behind a gateway, whose prices are its own, and in a plan. */
export function priceAt(url: string, model: string): Price | undefined {
  const isOfficial = url === hostedEndpoints.bigmodel || url === hostedEndpoints.zai;
  return isOfficial ? hostedModel(model).price : undefined;
}

/** What a request costs in US dollars. */
export function costOf(
  { input, cached, output }: Price,
  tokens: { readonly promptTokens: number; readonly cachedTokens?: number; readonly completionTokens: number },
): number {
  const fromCache = Math.min(tokens.cachedTokens ?? 0, tokens.promptTokens);
  const paid = (tokens.promptTokens - fromCache) * input + fromCache * cached + tokens.completionTokens * output;
  return paid / 1_000_000;
}
