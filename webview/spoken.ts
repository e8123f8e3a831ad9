import * as l10n from '@vscode/l10n';
import { type Blocks, toBlocks } from './markdown/blocks.ts';
import { type Node, textOf } from './markdown/tree.ts';

/** How much of an answer is spoken, in characters; the rest is read where it stands. */
const longestSpoken = 20_000;

/** Sentences that are put into one piece to be spoken, in characters at least: a screen reader pauses between pieces. */
const shortestPiece = 60;

const isCode = (node: Node): boolean => typeof node === 'object' && (node.kind === 'code' || node.kind === 'edit');

/** The sentences of a text; the last may not be whole. Chinese ones end without a space. */
function sentencesOf(text: string, language: string): string[] {
  const segmenter = new Intl.Segmenter(language || undefined, { granularity: 'sentence' });
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

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
  const all = [...blocks.finished, ...blocks.open];
  const pieces: string[] = [];
  for (const [at, { nodes }] of all.entries()) {
    const isOpen = !isOver && at >= blocks.finished.length;
    if (nodes.some(isCode)) {
      if (!isOpen) pieces.push(l10n.t('Code block.'));
      continue;
    }
    const sentences = sentencesOf(textOf(nodes), language);
    // The end of what still grows may be the middle of a sentence.
    if (isOpen) sentences.pop();
    let piece = '';
    for (const sentence of sentences) {
      piece += sentence;
      if (piece.length < shortestPiece) continue;
      pieces.push(piece.trim());
      piece = '';
    }
    if (!isOpen && piece.trim() !== '') pieces.push(piece.trim());
  }
  return { pieces, blocks };
}
