import type { Tokenizer } from '../../ports.ts';
import type { Finding } from './prompts.ts';

/** Tokens of the words around a finding. */
const heading = 20;

/** Findings in groups that have room in one request each, in their order. */
export async function inGroups(
  findings: readonly Finding[],
  room: number,
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<Finding[][]> {
  const counts = await tokenizer.count(
    findings.map(({ text }) => text),
    signal,
  );
  const groups: Finding[][] = [];
  let taken = Number.POSITIVE_INFINITY;
  for (const [at, finding] of findings.entries()) {
    const tokens = (counts[at] ?? 0) + heading;
    if (taken + tokens > room) {
      groups.push([]);
      taken = 0;
    }
    groups.at(-1)?.push(finding);
    taken += tokens;
  }
  return groups;
}
