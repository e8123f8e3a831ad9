import * as l10n from '@vscode/l10n';
import { type Block, type Blocks, toBlocks } from './markdown/blocks.ts';
import type { Node } from './markdown/tree.ts';

/** How much of an answer is spoken, in characters; the rest is read where it stands. */
const longestSpoken = 20_000;

/** Sentences that are put into one piece to be spoken, in characters at least: a screen reader pauses between pieces. */
const shortestPiece = 60;

/** Elements that end a line: what follows them is another sentence. */
const endsLine = /^(?:h[1-6]|p|li|tr|br|blockquote)$/;

/** The text of nodes as it is spoken. */
const spokenText = (nodes: readonly Node[]): string =>
  nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      if (node.kind === 'code' || node.kind === 'edit') return `${l10n.t('Code block.')}\n`;
      if (!('children' in node)) return node.text;
      return spokenText(node.children) + (node.kind === 'element' && endsLine.test(node.tag) ? '\n' : '');
    })
    .join('');

/** The sentences of a text; the last may not be whole. Chinese ones end without a space. */
function sentencesOf(text: string, language: string): string[] {
  const segmenter = new Intl.Segmenter(language || undefined, { granularity: 'sentence' });
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What of an answer can be spoken by now, in pieces that stay as they are while it grows. */
export interface Spoken {
  readonly pieces: readonly string[];
  /** To be handed in with the text as it is next. */
  readonly blocks: Blocks;
}

/**
 * An answer in the pieces in which it is spoken: whole sentences, without their marks, and of code only that it is there.
 * @param isOver whether no more of it will come
 */
export function spokenPieces(text: string, isOver: boolean, language: string, before?: Blocks): Spoken {
  const blocks = toBlocks(text.slice(0, longestSpoken), before);
  const { finished, open } = blocks;
  const pieces: string[] = [];

  function speak({ nodes }: Block, grows: boolean): void {
    const sentences = sentencesOf(spokenText(nodes), language);
    // The end of what grows may be the middle of a sentence, or of code.
    if (grows) sentences.pop();
    let piece = '';
    for (const sentence of sentences) {
      piece = onOneLine(`${piece} ${sentence}`);
      if (piece.length < shortestPiece) continue;
      pieces.push(piece);
      piece = '';
    }
    if (!grows && piece !== '') pieces.push(piece);
  }

  for (const block of finished) speak(block, false);
  if (isOver) for (const block of open) speak(block, false);
  // What comes after a block that may still change is not spoken before it.
  else if (open[0]) speak(open[0], true);
  return { pieces, blocks };
}
