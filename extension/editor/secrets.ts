import type * as vscode from 'vscode';
import type { Secrets } from '../core/ports.ts';
import { hostedEndpoints } from '../core/settings.ts';

/** Which server a key is for. */
export type KeyOwner = 'hosted' | 'local';

const names: Readonly<Record<KeyOwner, string>> = { hosted: 'glmCoder.apiKey', local: 'glmCoder.localKey' };

/** Keys by the origin that they were entered for. */
type Keys = Readonly<Record<string, string>>;

/** The stored keys, and how to change them. They live in SecretStorage and nowhere else. */
export interface KeyStore extends Secrets {
  /** Stores a key for a server; it is never given out for another origin. */
  store(owner: KeyOwner, key: string, origin: string): Promise<void>;
  /** Every stored key, so that they can be taken out of what is handed on. */
  all(): Promise<readonly string[]>;
  /** Forgets every key. */
  clear(): Promise<void>;
  /** Calls back when a key changed, in this window or another. */
  onChange(changed: () => void): vscode.Disposable;
}

const official = new Set(Object.values(hostedEndpoints).map((url) => new URL(url).origin));

/** Reads what is stored; version 0.1.0 kept a bare key, which goes to the official hosts only. */
function keysIn(stored: string | undefined, owner: KeyOwner): Keys {
  if (!stored) return {};
  try {
    const keys: unknown = JSON.parse(stored);
    if (typeof keys === 'object' && keys !== null) return keys as Keys;
  } catch {
    // Not JSON: a bare key.
  }
  return owner === 'hosted' ? Object.fromEntries([...official].map((origin) => [origin, stored])) : {};
}

/** Creates the key store on an extension's secrets. */
export function createKeyStore(secrets: vscode.SecretStorage): KeyStore {
  const keysOf = async (owner: KeyOwner): Promise<Keys> => keysIn(await secrets.get(names[owner]), owner);

  return {
    apiKey: async (origin) => (await keysOf('hosted'))[origin],
    localKey: async (origin) => (await keysOf('local'))[origin],
    async store(owner, key, origin) {
      await secrets.store(names[owner], JSON.stringify({ ...(await keysOf(owner)), [origin]: key }));
    },
    async all() {
      const kept = await Promise.all([keysOf('hosted'), keysOf('local')]);
      return kept.flatMap((keys) => Object.values(keys));
    },
    async clear() {
      await Promise.all(Object.values(names).map((name) => secrets.delete(name)));
    },
    onChange: (changed) =>
      secrets.onDidChange((event) => {
        if (Object.values(names).includes(event.key)) changed();
      }),
  };
}
