import type * as vscode from 'vscode';
import type { Secrets } from '../core/ports.ts';

/** Which server a key is for. A key is only ever sent to the one that it was entered for. */
export type KeyOwner = 'hosted' | 'local';

const names: Readonly<Record<KeyOwner, string>> = { hosted: 'glmCoder.apiKey', local: 'glmCoder.localKey' };

/** The stored keys, and how to change them. They live in SecretStorage and nowhere else. */
export interface KeyStore extends Secrets {
  store(owner: KeyOwner, key: string): Promise<void>;
  /** Forgets every key. */
  clear(): Promise<void>;
  /** Calls back when a key changed, in this window or another. */
  onChange(changed: () => void): vscode.Disposable;
}

/** Creates the key store on an extension's secrets. */
export function createKeyStore(secrets: vscode.SecretStorage): KeyStore {
  return {
    apiKey: async () => secrets.get(names.hosted),
    localKey: async () => secrets.get(names.local),
    store: async (owner, key) => secrets.store(names[owner], key),
    async clear() {
      await Promise.all(Object.values(names).map((name) => secrets.delete(name)));
    },
    onChange: (changed) =>
      secrets.onDidChange((event) => {
        if (Object.values(names).includes(event.key)) changed();
      }),
  };
}
