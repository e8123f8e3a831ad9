import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Diagnosis } from '../../core/backend/doctor.ts';
import type { Glm } from '../../core/glm.ts';
import type { Log } from '../../core/ports.ts';
import type { DoctorView } from '../../protocol/diagnostics.ts';
import { explain } from '../failure.ts';
import { createReadOnlyDocument } from '../readOnlyDocument.ts';
import type { KeyStore } from '../secrets.ts';
import { createDiagnosticsPanel, type PanelActions } from './diagnosticsPanel.ts';
import { writeReport } from './doctorReport.ts';

const reportAddress = vscode.Uri.from({ scheme: 'glm-coder-doctor', path: 'GLM Coder Report.md' });

/** What Doctor works with. */
export interface DoctorPorts {
  readonly glm: Glm;
  readonly keys: KeyStore;
  readonly log: Log;
  readonly extension: vscode.Extension<unknown>;
}

/** The view of what answers where and what it can do. */
export interface Doctor extends vscode.Disposable {
  show(): Promise<void>;
}

/** Creates "Doctor"; no key is in what it shows, and nothing of who and where in what it copies. */
export function createDoctor({ glm, keys, log, extension }: DoctorPorts): Doctor {
  let diagnosis: Diagnosis = { ok: false, lines: [], servers: [] };
  let looking: AbortController | undefined;

  function draw(more: Partial<DoctorView> = {}): void {
    const { ok, backend } = diagnosis;
    // The first line names the backend, which has a heading here.
    const lines = backend ? diagnosis.lines.slice(diagnosis.lines[1] === '' ? 2 : 1) : diagnosis.lines;
    const probe = glm.windowProbes().find((each) => each.backend === backend?.label);
    panel.draw({
      view: 'doctor',
      doctor: {
        isLooking: looking !== undefined,
        isOk: ok,
        lines,
        ...(backend ? { backend } : {}),
        spent: glm.spent(),
        ...(probe ? { probe } : {}),
        failures: glm.recentFailures().toReversed(),
        ...more,
      },
    });
  }

  async function look(): Promise<void> {
    looking?.abort();
    const mine = new AbortController();
    looking = mine;
    draw();
    let failed = {};
    try {
      const found = await glm.diagnose(mine.signal);
      if (looking !== mine) return;
      diagnosis = found;
    } catch (error) {
      if (looking !== mine) return;
      if (!mine.signal.aborted) failed = { error: explain(error, log) };
    }
    looking = undefined;
    draw(failed);
  }

  const document = createReadOnlyDocument(reportAddress);
  const report = () => writeReport(glm, keys, extension, diagnosis);
  const actions: PanelActions = {
    look,
    stop: () => looking?.abort(),
    async copyReport() {
      await vscode.env.clipboard.writeText(await report());
    },
    async openReport() {
      document.set(await report());
      await document.open();
    },
    showLog: () => vscode.commands.executeCommand('glmCoder.showLog'),
    probe: () => vscode.commands.executeCommand('glmCoder.probeWindow'),
  };
  const panel = createDiagnosticsPanel({
    viewType: 'glmCoder.doctor',
    title: l10n.t('GLM Coder Doctor'),
    extension: extension.extensionUri,
    actions,
    log,
  });

  return {
    async show() {
      panel.reveal();
      await look();
    },
    dispose() {
      looking?.abort();
      document.dispose();
      panel.dispose();
    },
  };
}
