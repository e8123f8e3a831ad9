import * as vscode from 'vscode';
import { defaultNetwork, type NetworkSettings } from '../core/settings.ts';

/** Reads VS Code's own network settings. The environment's proxy stands in where none is set. */
export function readNetwork(): NetworkSettings {
  const from = vscode.workspace.getConfiguration('http');
  const proxy = from.get<string>('proxySupport') === 'off' ? '' : from.get('proxy', '').trim();
  const authorization = from.get<string | null>('proxyAuthorization', null);
  return {
    strictSsl: from.get('proxyStrictSSL', defaultNetwork.strictSsl),
    systemCertificates: from.get('systemCertificates', defaultNetwork.systemCertificates),
    noProxy: from.get<string[]>('noProxy', []),
    ...(proxy ? { proxy } : {}),
    ...(authorization ? { proxyAuthorization: authorization } : {}),
  };
}
