import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import type { CitationView } from '../../extension/protocol/chat.ts';
import { fenceEditBlocks } from '../editBlocks.ts';
import { renderMarkdown, splitBlocks } from '../markdown.ts';
import { post } from '../vscodeApi.ts';

interface BlockProps {
  readonly text: string;
  readonly citations: readonly CitationView[];
}

const Block = memo(({ text, citations }: BlockProps) => {
  const html = useMemo(() => renderMarkdown(text, citations), [text, citations]);
  // markdown-it escapes all of the model's text: see markdown.ts
  return <div class="block" dangerouslySetInnerHTML={{ __html: html }} />;
});

/** What a click inside rendered Markdown means: copy the code, or open the place. */
function clicked(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  const copy = event.target.closest('.copy');
  if (copy) {
    post({ type: 'copy', text: copy.closest('.code')?.querySelector('code')?.textContent ?? '' });
    return;
  }
  const citation = event.target.closest<HTMLElement>('button.citation');
  const { path, start, end } = citation?.dataset ?? {};
  if (path) post({ type: 'open', path, startLine: Number(start), endLine: Number(end) });
}

/** A model's Markdown, rendered block by block while it streams. */
export function Markdown({ text, citations }: BlockProps) {
  const blocks = useMemo(() => splitBlocks(fenceEditBlocks(text)), [text]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: what is clicked in here are buttons, which the keyboard reaches
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for those buttons
    <div class="markdown" onClick={clicked}>
      {blocks.map((block, i) => (
        <Block key={i} text={block} citations={citations} />
      ))}
    </div>
  );
}
