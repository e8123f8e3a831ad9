import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { showControls } from '../controlCharacters.ts';
import { highlight, languageName } from '../highlight/highlight.ts';
import type { CodeNode } from '../highlight/scopeTree.ts';
import { editLines } from '../markdown/editBlockRule.ts';
import { post } from '../vscodeApi.ts';
import { CopyButton } from './CopyButton.tsx';
import { IconButton } from './IconButton.tsx';

/** Above this many characters code that still grows is not coloured with every frame. */
const longestGrowing = 8_000;

/** Code with its language, to be copied, put at the cursor or into a file of its own. */
export function CodeBlock({ text, language, growing }: { text: string; language: string; growing: boolean }) {
  const code = useMemo(
    () => highlight(text, language, growing ? longestGrowing : undefined),
    [text, language, growing],
  );
  return (
    <Frame title={languageName(language)} text={text} actions={<UseCode text={text} language={language} />}>
      {code.map(drawCode)}
    </Frame>
  );
}

/** A SEARCH/REPLACE block: code with the old and the new lines told apart. */
export function EditBlock({ path, text }: { path: string; text: string }) {
  return (
    <Frame title={path || l10n.t('Edit')} text={text}>
      {editLines(text).map(({ part, text: line }) => (
        <span class={`edit-${part}`}>{`${showControls(line)}\n`}</span>
      ))}
    </Frame>
  );
}

function UseCode({ text, language }: { text: string; language: string }) {
  return (
    <>
      <IconButton
        icon="insert"
        label={l10n.t('Insert at Cursor')}
        class="insert"
        onClick={() => post({ type: 'insert', text })}
      />
      <IconButton
        icon="new-file"
        label={l10n.t('New File with This Code')}
        class="new-file"
        onClick={() => post({ type: 'newFile', text, language })}
      />
    </>
  );
}

interface FrameProps {
  readonly title: string;
  readonly text: string;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

function Frame({ title, text, actions, children }: FrameProps) {
  return (
    <div class="code-block">
      <div class="code-header">
        <span class="code-title">{title}</span>
        <span class="code-actions">
          <CopyButton text={text} />
          {actions}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled with the keyboard too */}
      <pre tabIndex={0}>
        <code>{children}</code>
      </pre>
    </div>
  );
}

/** Draws code with its scopes. */
export const drawCode = (node: CodeNode): ComponentChildren =>
  typeof node === 'string' ? (
    showControls(node)
  ) : (
    <span class={node.scopes.map((scope) => `hljs-${scope}`).join(' ')}>{node.children.map(drawCode)}</span>
  );
