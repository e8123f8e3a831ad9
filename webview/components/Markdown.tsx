import type { ComponentChildren } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { CitationView } from '../../extension/protocol/citation.ts';
import { type Block, type Blocks, toBlocks } from '../markdown/blocks.ts';
import type { Node } from '../markdown/tree.ts';
import { Cited } from './Cited.tsx';
import { CodeBlock, EditBlock } from './CodeBlock.tsx';

/** What an answer is drawn with. */
export interface MarkdownProps {
  readonly text: string;
  readonly citations: readonly CitationView[];
  /** Whether more text is on its way. */
  readonly growing: boolean;
}

/** Markdown that may still grow: of what was drawn before, only the last blocks are drawn again. */
export function Markdown({ text, citations, growing }: MarkdownProps) {
  const blocks = useRef<Blocks>(undefined);
  blocks.current = toBlocks(text, blocks.current);
  const { finished, open } = blocks.current;
  const last = open.at(-1);
  return (
    <div class={`markdown ${growing ? 'growing' : ''}`}>
      {[...finished, ...open].map((block) => (
        <MarkdownBlock key={block.start} block={block} citations={citations} growing={growing && block === last} />
      ))}
    </div>
  );
}

interface BlockProps {
  readonly block: Block;
  readonly citations: readonly CitationView[];
  readonly growing: boolean;
}

function MarkdownBlock({ block, citations, growing }: BlockProps) {
  // Preact passes over elements that it has been given before.
  return useMemo(() => <>{block.nodes.map((node) => draw(node, citations, growing))}</>, [block, citations, growing]);
}

function draw(node: Node, citations: readonly CitationView[], growing: boolean): ComponentChildren {
  if (typeof node === 'string') return <Cited text={node} citations={citations} />;
  switch (node.kind) {
    case 'inlineCode':
      return (
        <code>
          <Cited text={node.text} citations={citations} isCode />
        </code>
      );
    case 'code':
      return <CodeBlock text={node.text} language={node.language} growing={growing} />;
    case 'edit':
      return <EditBlock path={node.path} text={node.text} />;
    case 'link':
      // No citations inside: a link holds no button.
      return (
        <a href={node.address} title={node.address}>
          {node.children.map((child) => draw(child, [], growing))}
        </a>
      );
    case 'element': {
      const { tag: Tag, children, start } = node;
      if (Tag === 'br' || Tag === 'hr') return <Tag />;
      const drawn = children.map((child) => draw(child, citations, growing));
      if (Tag === 'ol') return <ol start={start ?? 1}>{drawn}</ol>;
      if (Tag === 'table') {
        return (
          <div class="table">
            <table>{drawn}</table>
          </div>
        );
      }
      return <Tag>{drawn}</Tag>;
    }
  }
}
