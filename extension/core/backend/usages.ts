import type { Usage } from './backend.ts';

/** What some requests have taken together; undefined stays what none of them tells. */
export function sumOfUsages(usages: readonly Usage[]): Usage {
  const sum = (of: (usage: Usage) => number | undefined): number | undefined => {
    const told = usages.map(of).filter((each) => each !== undefined);
    return told.length === 0 ? undefined : told.reduce((total, each) => total + each, 0);
  };
  const cachedTokens = sum((usage) => usage.cachedTokens);
  const reasoningTokens = sum((usage) => usage.reasoningTokens);
  const cost = sum((usage) => usage.cost);
  return {
    promptTokens: sum(({ promptTokens }) => promptTokens) ?? 0,
    completionTokens: sum(({ completionTokens }) => completionTokens) ?? 0,
    ...(cachedTokens === undefined ? {} : { cachedTokens }),
    ...(reasoningTokens === undefined ? {} : { reasoningTokens }),
    ...(cost === undefined ? {} : { cost }),
  };
}
