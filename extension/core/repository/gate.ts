import * as l10n from '@vscode/l10n';
import { LRUCache } from 'lru-cache';
import { basename } from './imports/paths.ts';
import type { IndexedFile } from './indexedFile.ts';
import { redact } from './secrets/redact.ts';
import type { SecretFinding, SecretGate } from './secrets/secretGate.ts';

/** A text that may leave the machine, or why it may not. */
export type Passed = { readonly text: string } | { readonly refused: string };

/** The one way from a file of the index into a pack. */
export interface Gate {
  /** The file's text without its secrets. It fails closed: what could not be scanned is refused. */
  pass(file: IndexedFile, read: () => Promise<string | undefined>): Promise<Passed>;
  /** Where secrets stand in the texts that were scanned, for keeping. */
  findings(): Findings;
  /** Takes in findings that were kept. */
  recall(findings: Findings): void;
}

/** By file name and content hash. */
export type Findings = ReadonlyMap<string, readonly SecretFinding[]>;

const remembered = 10_000;

/** Creates a gate. It remembers where the secrets of a text stand, not the text. */
export function createGate(secrets: SecretGate): Gate {
  const known = new LRUCache<string, readonly SecretFinding[]>({ max: remembered });
  return {
    findings: () => new Map(known.entries()),
    recall(findings) {
      for (const [key, found] of findings) known.set(key, found);
    },
    async pass({ path, hash }, read) {
      const text = await read();
      if (text === undefined) return { refused: l10n.t('changed while it was read') };
      try {
        // What counts as a secret depends on the kind of file, which its name tells.
        const key = `${basename(path)} ${hash}`;
        let findings = known.get(key);
        if (!findings) {
          findings = await secrets.scan(path, text);
          known.set(key, findings);
        }
        return { text: findings.length > 0 ? redact(text, findings) : text };
      } catch {
        return { refused: l10n.t('could not be scanned for secrets') };
      }
    },
  };
}
