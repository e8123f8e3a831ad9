import * as vscode from 'vscode';
import type { Glm } from '../../core/glm.ts';
import type { Log } from '../../core/ports.ts';
import type { KeyStore } from '../secrets.ts';
import { createDoctor, type Doctor } from './doctorPanel.ts';
import { createProbePanel, type ProbePanel } from './probePanel.ts';

/** The two views on what answers: what it can do, and how much it reads. */
export interface Diagnostics extends vscode.Disposable {
  readonly doctor: Doctor;
  readonly probe: ProbePanel;
}

/** Creates both; each shows when it is asked for. */
export function createDiagnostics(glm: Glm, keys: KeyStore, log: Log): Diagnostics {
  const extension = vscode.extensions.getExtension('glm-coder.glm-coder');
  if (!extension) throw new Error('the extension does not know itself');
  const doctor = createDoctor({ glm, keys, log, extension });
  const probe = createProbePanel({ glm, log, extension });
  return {
    doctor,
    probe,
    dispose() {
      doctor.dispose();
      probe.dispose();
    },
  };
}
