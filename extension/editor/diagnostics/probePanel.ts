import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Glm } from '../../core/glm.ts';
import type { Log } from '../../core/ports.ts';
import type { WindowProbe, WindowProbeEvent } from '../../core/windowProbe/windowProbe.ts';
import type { ProbeView } from '../../protocol/diagnostics.ts';
import type { WindowProbeResult } from '../../protocol/windowProbe.ts';
import { signalOf } from '../cancellation.ts';
import { explain } from '../failure.ts';
import { activeRoot, unsavedIn } from '../place.ts';
import { excludedPatterns, onContextBudget, readSettings, setContextBudget } from '../settings.ts';
import { createDiagnosticsPanel, type PanelActions } from './diagnosticsPanel.ts';

/** What the view works with. */
export interface ProbePorts {
  readonly glm: Glm;
  readonly log: Log;
  readonly extension: vscode.Extension<unknown>;
}

/** The view that measures a model's window. */
export interface ProbePanel extends vscode.Disposable {
  /** Shows what a probe will take, and what the last one has found; nothing is sent before the user says so. */
  show(): Promise<void>;
}

const number = (value: number): string => value.toLocaleString();

/** How far a probe is, counted in tokens: a prompt twice as long takes at least twice the time. */
function createProgress(fills: readonly number[]) {
  const total = fills.reduce((sum, fill) => sum + fill, 0);
  let before = 0;
  let current = 0;
  let text = '';
  return (event: WindowProbeEvent): { text: string; share: number } => {
    let part = 0;
    if (event.type === 'fill') {
      before += current;
      current = event.fill;
      text = l10n.t('{0} of {1}: {2} tokens…', event.at, event.of, number(event.fill));
    } else if (event.type === 'reading') {
      part = (current * event.read) / Math.max(1, event.total);
      const percent = Math.round((100 * event.read) / Math.max(1, event.total));
      return { text: `${text} ${l10n.t('{0} % read', percent)}`, share: (before + part) / total };
    } else if (event.type === 'waiting') return { text: event.why, share: before / total };
    else if (event.type === 'measured') part = current;
    return { text, share: (before + part) / total };
  };
}

/** Creates the view. */
export function createProbePanel({ glm, log, extension }: ProbePorts): ProbePanel {
  let view: ProbeView = { phase: 'preparing', budget: 0 };
  let probe: WindowProbe | undefined;
  let preparing: AbortController | undefined;
  let running: AbortController | undefined;

  function draw(next: Partial<ProbeView> = {}): void {
    view = { ...view, ...next, budget: readSettings().context.budget };
    panel.draw({ view: 'probe', probe: view });
  }

  /** Reads the repository, and says what the probe will take. */
  async function prepare(): Promise<void> {
    preparing?.abort();
    const mine = new AbortController();
    preparing = mine;
    view = { phase: 'preparing', budget: 0 };
    draw();
    try {
      const root = activeRoot();
      if (root === undefined) {
        const error = { summary: l10n.t('No folder is open.'), nextStep: l10n.t('Open a folder to measure with.') };
        return draw({ phase: 'failed', error });
      }
      const request = { root, overlay: unsavedIn(root), exclude: excludedPatterns() };
      const prepared = await glm.measureWindow(request, mine.signal);
      if (preparing !== mine) return;
      probe = prepared;
      const last = glm.windowProbes().find(({ backend }) => backend === prepared.plan.backend);
      draw({ phase: 'ready', plan: prepared.plan, ...(last ? { result: last } : {}) });
    } catch (error) {
      if (preparing === mine && !mine.signal.aborted) draw({ phase: 'failed', error: explain(error, log) });
    }
  }

  /** Sends it, shows each size as it is measured, and offers what came of it. */
  async function run({ plan, run: start }: WindowProbe): Promise<void> {
    const mine = new AbortController();
    running = mine;
    const progressOf = createProgress(plan.fills);
    let result: WindowProbeResult = {
      backend: plan.backend,
      model: plan.backend,
      window: plan.window,
      seed: 0,
      measured: '',
      fills: [],
      notes: [],
    };
    draw({ phase: 'running', result, progress: { text: '', share: 0 } });
    const title = l10n.t('Probing the context window');
    const location = vscode.ProgressLocation.Notification;
    try {
      await vscode.window.withProgress({ location, title, cancellable: true }, async (report, token) => {
        const either = AbortSignal.any([mine.signal, signalOf(token)]);
        let shown = 0;
        for await (const event of start(either)) {
          if (event.type === 'measured') result = { ...result, fills: [...result.fills, event.fill] };
          if (event.type === 'done') {
            result = event.result;
            continue;
          }
          const progress = progressOf(event);
          const percent = Math.floor(100 * progress.share);
          report.report({ message: progress.text, increment: percent - shown });
          shown = percent;
          draw({ result, progress });
        }
      });
      running = undefined;
      done(result);
    } catch (error) {
      running = undefined;
      draw({ phase: 'failed', result, error: explain(error, log) });
    }
  }

  function done(result: WindowProbeResult): void {
    // An empty one was stopped before anything was measured: what was known before is worth more.
    const last = glm.windowProbes().find(({ backend }) => backend === result.backend);
    const shown = result.fills.length > 0 ? result : last;
    const { progress: _, result: __, ...rest } = view;
    view = { ...rest, phase: 'ready', ...(shown ? { result: shown } : {}) };
    draw();
    if (!panel.isVisible) void tell(result);
  }

  /** Says what came of it to who looks at something else by now. */
  async function tell({ effectiveWindow }: WindowProbeResult): Promise<void> {
    const show = l10n.t('Show Probe');
    const message =
      effectiveWindow === undefined
        ? l10n.t('The context window was probed; nothing can be said of what the model reads.')
        : l10n.t('The model reads {0} tokens well.', number(effectiveWindow));
    if (await vscode.window.showInformationMessage(message, show)) panel.reveal();
  }

  const actions: PanelActions = {
    look: prepare,
    async start() {
      if (probe && !running && view.phase === 'ready') await run(probe);
    },
    stop() {
      if (!running) return;
      running.abort();
      draw({ phase: 'stopping' });
    },
    async setBudget() {
      if (view.result?.effectiveWindow !== undefined) await setContextBudget(view.result.effectiveWindow);
    },
    showLog: () => vscode.commands.executeCommand('glmCoder.showLog'),
  };
  const panel = createDiagnosticsPanel({
    viewType: 'glmCoder.probe',
    title: l10n.t('Context Window Probe'),
    extension: extension.extensionUri,
    actions,
    log,
  });
  const budgetChanges = onContextBudget(() => draw());

  return {
    async show() {
      panel.reveal();
      if (!running) await prepare();
    },
    dispose() {
      preparing?.abort();
      running?.abort();
      budgetChanges.dispose();
      panel.dispose();
    },
  };
}
