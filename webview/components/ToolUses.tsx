import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { ToolUseView } from '../../extension/protocol/chat.ts';
import { showControls } from '../controlCharacters.ts';

/** What the list is drawn with. */
interface ToolUsesProps {
  readonly uses: readonly ToolUseView[];
  /** Whether the answer they belong to has ended: what still runs was stopped. */
  readonly isOver: boolean;
}

/** The tools that were used at one place of an answer. */
export function ToolUses({ uses, isOver }: ToolUsesProps) {
  return (
    <ul class="tools-used" aria-label={l10n.t('Tools used')}>
      {uses.map((use) => (
        <li key={use.id}>
          <Use use={use} isOver={isOver} />
        </li>
      ))}
    </ul>
  );
}

type State = ToolUseView['state'] | 'stopped';

const icons: Readonly<Record<State, string>> = {
  running: 'loading codicon-modifier-spin',
  done: 'check',
  refused: 'circle-slash',
  stopped: 'debug-stop',
};

/** What became of a call, in words: colours and icons are not all that tells it. */
function wordsOf(state: State, tokens: number | undefined): string {
  switch (state) {
    case 'running':
      return l10n.t('Running…');
    case 'stopped':
      return l10n.t('Stopped');
    case 'refused':
      return l10n.t('Refused');
    case 'done':
      return l10n.t('{0} tokens', (tokens ?? 0).toLocaleString());
  }
}

function Use({ use, isOver }: { readonly use: ToolUseView; readonly isOver: boolean }) {
  const [open, setOpen] = useState(false);
  const { name, arguments: json, result, tokens } = use;
  const state: State = use.state === 'running' && isOver ? 'stopped' : use.state;
  const words = wordsOf(state, tokens);
  return (
    <details class={`tool ${state}`} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="codicon codicon-chevron-right fold" aria-hidden="true" />
        <span class={`codicon codicon-${icons[state]}`} aria-hidden="true" />
        <code class="tool-name">{showControls(name)}</code>
        <span class="tool-arguments" title={inShort(json)}>
          {showControls(inShort(json))}
        </span>
        <span class="tool-state">{words}</span>
      </summary>
      {open && (
        <section class="tool-result" aria-label={l10n.t('Result of {0}', name)}>
          {result === undefined ? words : showControls(result)}
        </section>
      )}
    </details>
  );
}

/** The values of a call's arguments on one line; what is no JSON as it stands. */
function inShort(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null) return json;
    return Object.entries(value)
      .map(([key, each]) =>
        key === 'path' || typeof each === 'string' ? String(each) : `${key} ${JSON.stringify(each)}`,
      )
      .join(' · ');
  } catch {
    return json;
  }
}
