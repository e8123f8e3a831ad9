import { arch, homedir, release } from 'node:os';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Diagnosis } from '../../core/backend/doctor.ts';
import type { Private } from '../../core/diagnostics/redact.ts';
import { redactedReport } from '../../core/diagnostics/report.ts';
import type { Glm } from '../../core/glm.ts';
import type { KeyStore } from '../secrets.ts';
import { allSettings } from '../settings.ts';

/** The host of an address, with its port and without. */
function hostsOf(address: string): string[] {
  if (!URL.canParse(address)) return [];
  const { host, hostname } = new URL(address);
  return [host, hostname];
}

/** What a report of this machine must not tell. */
async function privateHere(
  keys: KeyStore,
  settings: Readonly<Record<string, unknown>>,
  diagnosis: Diagnosis,
): Promise<Private> {
  const addresses = [
    ...Object.values(settings).filter((value) => typeof value === 'string'),
    ...diagnosis.servers.map(({ url }) => url),
  ];
  const folders = vscode.workspace.workspaceFolders ?? [];
  return {
    secrets: await keys.all(),
    folders: [...folders.map(({ uri }) => ({ path: uri.fsPath, name: '[workspace]' })), { path: homedir(), name: '~' }],
    // The system's own call for it fails where a container's user has no name.
    users: [process.env.USER ?? '', process.env.USERNAME ?? '', basename(homedir())],
    hosts: addresses.flatMap(hostsOf),
  };
}

/** Writes the report that the user can hand on. */
export async function writeReport(
  glm: Glm,
  keys: KeyStore,
  extension: vscode.Extension<unknown>,
  diagnosis: Diagnosis,
): Promise<string> {
  const settings = allSettings(extension);
  const facts = {
    versions: {
      'GLM Coder': String((extension.packageJSON as { version?: unknown }).version),
      [vscode.env.appName]: vscode.version,
      Host: vscode.env.appHost,
      Node: process.versions.node,
      System: `${process.platform} ${release()} ${arch()}`,
      Language: vscode.env.language,
    },
    settings,
    lines: diagnosis.lines,
    spent: glm.spent(),
    failures: glm.recentFailures(),
    probes: glm.windowProbes(),
  };
  return redactedReport(facts, await privateHere(keys, settings, diagnosis));
}
