import * as vscode from 'vscode';
import type { Glm, InlineRequest } from '../core/glm.ts';
import type { Log } from '../core/ports.ts';
import { leftOutByName } from '../core/repository/leftOut.ts';
import { signalOf } from './cancellation.ts';
import { explain } from './failure.ts';
import { placeOf } from './place.ts';
import type { RecentFiles } from './recentFiles.ts';
import { excludedPatterns, inlineEnabled, readSettings } from './settings.ts';
import type { Activity, StatusBar } from './statusBar.ts';

/** Lines read around the cursor: more than any window takes, and the first is a multiple of its block of 64. */
const linesBefore = 2_048;
const linesAfter = 512;

/** Characters; a longer line is data, and reading it at each keystroke would block the editor. */
const longestLine = 10_000;

/** Ghost text in every editor on files, untitled documents and notebook cells. */
export function registerInlineCompletions(
  glm: Glm,
  recent: RecentFiles,
  status: StatusBar,
  log: Log,
): vscode.Disposable {
  // Only the newest request speaks for the status bar: an older one may end after it began.
  let newest: AbortSignal | undefined;
  const provider: vscode.InlineCompletionItemProvider = {
    async provideInlineCompletionItems(document, position, context, token) {
      if (!inlineEnabled(document)) {
        status.activity({ state: 'off' });
        return undefined;
      }
      const signal = signalOf(token);
      const automatic = context.triggerKind === vscode.InlineCompletionTriggerKind.Automatic;
      if (automatic && !(await rest(readSettings().inline.debounce, signal))) return undefined;

      const place = requestAt(document, position, context.selectedCompletionInfo, recent);
      if (!place) return undefined;
      newest = signal;
      const report = (activity: Activity) => newest === signal && status.activity(activity);
      report({ state: 'working' });
      const started = performance.now();
      try {
        const suggestion = await glm.complete(place.request, signal);
        const milliseconds = Math.round(performance.now() - started);
        const { usage, answeredBy } = suggestion ?? {};
        report({ state: 'idle', milliseconds, ...(usage ? { usage } : {}), ...(answeredBy ? { answeredBy } : {}) });
        if (!suggestion || token.isCancellationRequested) return undefined;
        return [new vscode.InlineCompletionItem(place.typed + suggestion.text, place.range)];
      } catch (error) {
        report(signal.aborted ? { state: 'idle' } : { state: 'failed', error: explain(error, log) });
        return undefined;
      }
    },
  };
  const documents = [{ scheme: 'file' }, { scheme: 'untitled' }, { scheme: 'vscode-notebook-cell' }];
  return vscode.languages.registerInlineCompletionItemProvider(documents, provider);
}

/** Waits; false where the wait was cut short because the user went on typing. */
function rest(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve(!signal.aborted);
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** What to ask for at a position, and what the answer replaces. */
interface InlinePlace {
  readonly request: InlineRequest;
  readonly range: vscode.Range;
  /** The text in `range` that the answer begins with: what the suggest widget is about to insert. */
  readonly typed: string;
}

function requestAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  selected: vscode.SelectedCompletionInfo | undefined,
  recent: RecentFiles,
): InlinePlace | undefined {
  const { root, path } = placeOf(document.uri);
  if (leftOutByName(path, 0) || document.lineAt(position.line).text.length > longestLine) return undefined;

  const start = selected?.range.start ?? position;
  const typed = selected?.text ?? '';
  const firstLine = Math.max(0, Math.floor((position.line - linesBefore) / 64) * 64);
  const lastLine = Math.min(document.lineCount - 1, position.line + linesAfter);
  const before = new vscode.Range(new vscode.Position(firstLine, 0), start);
  const after = new vscode.Range(position, document.lineAt(lastLine).range.end);
  return {
    typed,
    range: new vscode.Range(start, position),
    request: {
      root,
      cursor: { path, line: position.line + 1, column: position.character + 1 },
      languageId: document.languageId,
      prefix: document.getText(before) + typed,
      suffix: document.getText(after),
      ...(root ? { recent: recent.of(root).filter((other) => other !== path) } : {}),
      exclude: excludedPatterns(),
    },
  };
}
