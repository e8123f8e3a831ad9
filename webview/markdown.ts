import * as l10n from '@vscode/l10n';
import MarkdownIt from 'markdown-it';
import type { CitationView } from '../extension/protocol/chat.ts';
import { highlight } from './highlight.ts';
import { citationNamed, splitAtCitations } from './places.ts';

/** The citations that rendering was given beside the text. */
const citationsIn = (environment: Readonly<Record<string, unknown>> = {}): readonly CitationView[] =>
  (environment.citations as readonly CitationView[] | undefined) ?? [];

/** A model's text is untrusted: no HTML passes, and links lead to the web or nowhere. */
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: false });
markdown.validateLink = (url) => /^(https?:|mailto:)/i.test(url.trim());

const escaped = (text: string): string => markdown.utils.escapeHtml(text);

function citationHtml(text: string, { path, startLine, endLine, verified }: CitationView): string {
  if (!verified) {
    return `<s class="citation missing" title="${escaped(l10n.t('This place does not exist in the repository.'))}">${escaped(text)}</s>`;
  }
  const data = `data-path="${escaped(path)}" data-start="${startLine}" data-end="${endLine}"`;
  return `<button type="button" class="citation" ${data}>${escaped(text)}</button>`;
}

markdown.renderer.rules.text = (tokens, index, _options, environment) =>
  splitAtCitations(tokens[index]?.content ?? '', citationsIn(environment))
    .map(({ text, citation }) => (citation ? citationHtml(text, citation) : escaped(text)))
    .join('');

markdown.renderer.rules.code_inline = (tokens, index, _options, environment) => {
  const text = tokens[index]?.content ?? '';
  const citation = citationNamed(text, citationsIn(environment));
  return citation ? citationHtml(text, citation) : `<code>${escaped(text)}</code>`;
};

// An image would be fetched from wherever the model says: its address is shown instead.
markdown.renderer.rules.image = (tokens, index) => {
  const token = tokens[index];
  return `<span class="image">${escaped(`${token?.content ?? ''} (${token?.attrGet('src') ?? ''})`)}</span>`;
};

function codeHtml(code: string, language: string): string {
  const html = highlight(code, language) ?? escaped(code);
  const label = escaped(language || l10n.t('text'));
  const copy = `<button type="button" class="copy" aria-label="${escaped(l10n.t('Copy code'))}"><span class="codicon codicon-copy" aria-hidden="true"></span></button>`;
  return `<div class="code"><div class="code-head"><span>${label}</span>${copy}</div><pre tabindex="0"><code>${html}</code></pre></div>\n`;
}

markdown.renderer.rules.fence = (tokens, index) => {
  const token = tokens[index];
  return codeHtml(token?.content ?? '', token?.info.trim().split(/\s+/)[0] ?? '');
};
markdown.renderer.rules.code_block = (tokens, index) => codeHtml(tokens[index]?.content ?? '', '');

/** Markdown as HTML in which everything that the model wrote is inert. */
export function renderMarkdown(text: string, citations: readonly CitationView[]): string {
  return markdown.render(text, { citations });
}

/**
 * Splits Markdown into its top-level blocks. While a text grows at its end, all blocks but the last stay the same,
 * so only the last needs rendering again.
 */
export function splitBlocks(text: string): string[] {
  const lines = text.split('\n');
  const starts = markdown
    .parse(text, {})
    .filter((token) => token.level === 0 && token.nesting >= 0 && token.map)
    .map((token) => token.map?.[0] ?? 0);
  return starts.map((start, i) => lines.slice(start, starts[i + 1] ?? lines.length).join('\n'));
}
