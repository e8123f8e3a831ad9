import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Glm } from '../../core/glm.ts';
import type { Inspection } from '../../core/inspection.ts';
import type { Log } from '../../core/ports.ts';
import {
  type InspectedPack,
  type InspectorHostMessage,
  type InspectorPageMessage,
  type InspectorSource,
  isInspectorPageMessage,
} from '../../protocol/inspector.ts';
import { pageFolder, pageHtml } from '../chat/page.ts';
import { explain, showFailure } from '../failure.ts';
import { uriIn } from '../place.ts';
import { createReadOnlyDocument } from '../readOnlyDocument.ts';
import { onBackendSettings, onToolsSetting } from '../settings.ts';
import type { SteeringStore } from '../steering.ts';
import { decisionsOf, packTable } from './packTable.ts';
import { followSubject, type SubjectPorts } from './subject.ts';

/** The view of what is sent; one tab, made when it is first asked for. */
export interface Inspector extends vscode.Disposable {
  /** Shows it, with what is most likely meant; where it is open already, brought up to date. */
  show(): void;
}

/** What the inspector works with. */
export interface InspectorPorts extends SubjectPorts {
  readonly glm: Glm;
  readonly steering: SteeringStore;
  readonly log: Log;
  readonly extension: vscode.Uri;
  readonly translations: Readonly<Record<string, string>>;
  /** Files read and to read, while a repository is. */
  readonly onProgress: vscode.Event<{ readonly done: number; readonly total: number }>;
  /** Files of the workspace were changed. */
  readonly onFiles: vscode.Event<void>;
}

/** Milliseconds in which several changes are one: decisions on a selection come one by one. */
const gathering = 60;

/** Creates the inspector. */
export function createInspector(ports: InspectorPorts): Inspector {
  const { glm, steering, log, extension, translations, onProgress, onFiles } = ports;
  const subject = followSubject(ports);
  const text = createReadOnlyDocument(vscode.Uri.from({ scheme: 'glm-coder-pack', path: 'GLM Coder Pack.txt' }));
  let panel: vscode.WebviewPanel | undefined;
  let isReady = false;
  let source: InspectorSource = 'question';
  let question = '';
  let work: AbortController | undefined;
  /** What the page has not been told yet, since it is still loading: the last of each type. */
  const waiting = new Map<string, InspectorHostMessage>();

  function post(message: InspectorHostMessage): void {
    if (isReady) void panel?.webview.postMessage(message);
    else waiting.set(message.type, message);
  }

  /** Packs what is chosen and shows it; what was under way is abandoned. `quietly`: nobody waits for it. */
  async function inspect(quietly = false): Promise<void> {
    work?.abort();
    const mine = new AbortController();
    work = mine;
    const { signal } = mine;
    post({ type: 'choices', choices: subject.choices(source, question) });
    if (!quietly) post({ type: 'packing' });
    const root = subject.root(source);
    try {
      const request = await subject.request(source, question, signal);
      signal.throwIfAborted();
      if (typeof request === 'string') return post({ type: 'nothing', why: request });
      const inspection = await glm.inspect(request, signal);
      signal.throwIfAborted();
      if (!inspection.pack) return post({ type: 'nothing', why: l10n.t('No repository context goes along here.') });
      text.set(inspection.pack.text);
      waiting.delete('packing');
      post({ type: 'pack', pack: view(inspection, root) });
    } catch (error) {
      if (work !== mine) return;
      post(signal.aborted ? { type: 'stopped' } : { type: 'failed', error: explain(error, log) });
    } finally {
      if (work === mine) work = undefined;
    }
  }

  function view({ pack, backend, reuse, price, goesOnFromTalk }: Inspection, root: string | undefined): InspectedPack {
    if (!pack) throw new Error('there is no pack to show');
    const decided = root === undefined ? undefined : steering.get(root);
    const measured = glm.windowProbes().find((probe) => probe.backend === backend.label);
    const notes: string[] = [];
    if (goesOnFromTalk)
      notes.push(l10n.t('The chat that was held last goes along with completions for a while, in place of this.'));
    if (JSON.stringify(decided) !== JSON.stringify(pack.steering))
      notes.push(l10n.t('This was packed before your last changes. The next message is packed anew.'));
    return {
      source,
      table: packTable(pack, reuse),
      decisions: decisionsOf(decided),
      budget: pack.budget,
      tokens: pack.tokens,
      backend,
      notes,
      ...(reuse
        ? { cached: { tokens: reuse.tokens, secondsAgo: Math.round((Date.now() - reuse.sentAt) / 1_000) } }
        : {}),
      ...(price === undefined ? {} : { price }),
      ...(measured ? { measured } : {}),
    };
  }

  function steer(change: (root: string) => void): void {
    const root = subject.root(source);
    if (root !== undefined) change(root);
  }

  async function receive(message: InspectorPageMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        isReady = true;
        post({ type: 'start', l10n: translations, language: vscode.env.language });
        for (const each of waiting.values()) post(each);
        waiting.clear();
        return;
      case 'show':
        source = message.source;
        question = message.question ?? question;
        return inspect();
      case 'stop':
        return work?.abort();
      case 'steer':
        return steer((root) => steering[message.how](root, message.path));
      case 'level': {
        const { path, level, pins } = message;
        return steer((root) => (pins ? steering.pin(root, path, level) : steering.setLevel(root, path, level)));
      }
      case 'openFile': {
        const root = subject.root(source);
        const uri = root === undefined ? undefined : await uriIn(root, message.path);
        if (uri) await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
        return;
      }
      case 'openText':
        return text.open();
      case 'probe':
        await vscode.commands.executeCommand('glmCoder.probeWindow');
    }
  }

  let gathered: NodeJS.Timeout | undefined;
  /** Brings up to date what is looked at; what is not, is once it is. */
  function refresh(quietly = true): void {
    clearTimeout(gathered);
    if (panel?.visible) gathered = setTimeout(() => void inspect(quietly), gathering);
  }

  function open(): vscode.WebviewPanel {
    const made = vscode.window.createWebviewPanel(
      'glmCoder.inspector',
      l10n.t('What Is Sent'),
      { viewColumn: vscode.ViewColumn.Active },
      { enableScripts: true, localResourceRoots: [pageFolder(extension)], retainContextWhenHidden: true },
    );
    made.iconPath = vscode.Uri.joinPath(extension, 'media', 'glm.svg');
    isReady = false;
    made.webview.onDidReceiveMessage((message: unknown) => {
      if (isInspectorPageMessage(message)) receive(message).catch((error: unknown) => showFailure(error, log));
      else log.warn('the inspector sent something that is not a message');
    });
    // What it shows may have changed in many ways while something else was looked at.
    let wasVisible = made.visible;
    made.onDidChangeViewState(() => {
      if (made.visible && !wasVisible) refresh();
      wasVisible = made.visible;
    });
    made.onDidDispose(() => {
      panel = undefined;
      isReady = false;
      waiting.clear();
      work?.abort();
    });
    made.webview.html = pageHtml(made.webview, extension, 'inspector');
    return made;
  }

  const events = vscode.Disposable.from(
    subject,
    text,
    steering.onChange(() => refresh(false)),
    onFiles(() => refresh()),
    onBackendSettings(() => refresh()),
    onToolsSetting(() => refresh()),
    subject.onSentAnew(() => {
      if (source === 'conversation') refresh();
      else if (panel) post({ type: 'choices', choices: subject.choices(source, question) });
    }),
    onProgress(({ done, total }) => {
      if (work) post({ type: 'packing', done, total });
    }),
  );

  return {
    show() {
      if (panel) {
        const wasVisible = panel.visible;
        panel.reveal();
        // Otherwise it is brought up to date by being seen.
        if (!wasVisible) return;
      } else {
        source = subject.likely();
        panel = open();
      }
      void inspect();
    },
    dispose() {
      clearTimeout(gathered);
      work?.abort();
      events.dispose();
      panel?.dispose();
    },
  };
}
