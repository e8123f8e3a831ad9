import type * as vscode from 'vscode';
import type { Secrets } from '../core/ports.ts';

const keyName = 'glmCoder.apiKey';

/** The stored key, and how to change it. It lives in SecretStorage and nowhere else. */
export interface KeyStore extends Secrets {
  store(key: string): Promise<void>;
  clear(): Promise<void>;
  /** Calls back when the key changed, in this window or another. */
  onChange(changed: () => void): vscode.Disposable;
}

/** Creates the key store on an extension's secrets. */
export function createKeyStore(secrets: vscode.SecretStorage): KeyStore {
  return {
    apiKey: async () => secrets.get(keyName),
    store: async (key) => secrets.store(keyName, key),
    clear: async () => secrets.delete(keyName),
    onChange: (changed) => secrets.onDidChange((event) => event.key === keyName && changed()),
  };
}
