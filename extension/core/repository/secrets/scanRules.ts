import type { SecretFinding } from './secretFinding.ts';

/** One pattern of secrets. */
export interface SecretRule {
  /** What it finds, in the user's language at the time of the call. */
  readonly kind: () => string;
  /**
   * Global, with indices (`dg`), and linear: a start that may repeat is guarded by a lookbehind or every repetition
   * after it is bounded. The group `secret` is what must go, else the whole match,
   * which the group `from` in a lookbehind makes begin earlier.
   */
  readonly pattern: RegExp;
  /** Whether the secret is to be taken for real. */
  readonly real: (secret: string) => boolean;
}

/** What the rules find in a text, rule by rule. */
export function scanRules(rules: readonly SecretRule[], text: string): SecretFinding[] {
  const found: SecretFinding[] = [];
  for (const rule of rules) {
    for (const match of text.matchAll(rule.pattern)) {
      const span = match.indices?.groups?.secret ?? match.indices?.[0];
      if (!span) throw new Error('a secret rule has no indices');
      const start = match.indices?.groups?.from?.[0] ?? span[0];
      const end = span[1];
      if (rule.real(text.slice(start, end))) found.push({ kind: rule.kind(), start, end });
    }
  }
  return found;
}
