import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { highlight, languageName } from '../highlight/highlight.ts';
import type { CodeNode } from '../highlight/scopeTree.ts';
import { editLines } from '../markdown/editBlockRule.ts';
import { CopyButton } from './CopyButton.tsx';

/** Above this many characters code that still grows is not coloured with every frame. */
const longestGrowing = 8_000;

/** Code with its language and a button that copies it. */
export function CodeBlock({ text, language, growing }: { text: string; language: string; growing: boolean }) {
  const code = useMemo(
    () => highlight(text, language, growing ? longestGrowing : undefined),
    [text, language, growing],
  );
  return (
    <Frame title={languageName(language)} text={text}>
      {code.map(drawCode)}
    </Frame>
  );
}

/** A SEARCH/REPLACE block: code with the old and the new lines told apart. */
export function EditBlock({ path, text }: { path: string; text: string }) {
  return (
    <Frame title={path || l10n.t('Edit')} text={text}>
      {editLines(text).map(({ part, text: line }) => (
        <span class={`edit-${part}`}>{`${line}\n`}</span>
      ))}
    </Frame>
  );
}

function Frame({ title, text, children }: { title: string; text: string; children: ComponentChildren }) {
  return (
    <div class="code-block">
      <div class="code-header">
        <span class="code-title">{title}</span>
        <CopyButton text={text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled with the keyboard too */}
      <pre tabIndex={0}>
        <code>{children}</code>
      </pre>
    </div>
  );
}

const drawCode = (node: CodeNode): ComponentChildren =>
  typeof node === 'string' ? (
    node
  ) : (
    <span class={node.scopes.map((scope) => `hljs-${scope}`).join(' ')}>{node.children.map(drawCode)}</span>
  );
