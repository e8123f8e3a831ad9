import { assignedSecrets } from './assignments.ts';
import { ownRules } from './ownRules.ts';
import { presetSecrets } from './presetRules.ts';
import { privateKeys } from './privateKeys.ts';
import { scanRules } from './scanRules.ts';
import type { SecretFinding } from './secretFinding.ts';

export type { SecretFinding } from './secretFinding.ts';

/** Looks for secrets in a file's text before any of it enters a prompt. */
export interface SecretGate {
  /**
   * The secrets of a text by where they begin, none inside another. Rejects when a rule fails: the text then counts
   * as not scanned and must stay out.
   * @param path tells the kind of file; nothing is read from disk.
   */
  scan(path: string, text: string): Promise<readonly SecretFinding[]>;
}

/**
 * The gate over secretlint's recommended rules and our own, each linear in the length of the text. A scan runs on the
 * calling thread, about 40 ms a megabyte.
 */
export function createSecretGate(): SecretGate {
  return {
    scan: async (path, text) =>
      outermost([
        ...(await presetSecrets(path, text)),
        ...privateKeys(text),
        ...scanRules(ownRules, text),
        ...assignedSecrets(path, text),
      ]),
  };
}

/** Sorted, without what lies inside another finding; of two alike, the first, whose rule knows more, stays. */
function outermost(findings: readonly SecretFinding[]): SecretFinding[] {
  const kept: SecretFinding[] = [];
  let reached = 0;
  for (const finding of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (finding.end <= reached) continue;
    kept.push(finding);
    reached = finding.end;
  }
  return kept;
}
