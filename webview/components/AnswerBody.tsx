import type { ToolUseView, TurnView } from '../../extension/protocol/chat.ts';
import { Markdown } from './Markdown.tsx';
import { ToolUses } from './ToolUses.tsx';

/** A piece of an answer: text from one place to another, and the tools that were used after it. */
interface Piece {
  readonly start: number;
  readonly text: string;
  readonly uses: readonly ToolUseView[];
}

/** Divides an answer at the places where tools were used. */
function piecesOf({ text, tools = [] }: TurnView): Piece[] {
  const places = [...new Set(tools.map(({ after }) => Math.min(after, text.length)))].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  let start = 0;
  for (const place of places) {
    const uses = tools.filter(({ after }) => Math.min(after, text.length) === place);
    pieces.push({ start, text: text.slice(start, place), uses });
    start = place;
  }
  return [...pieces, { start, text: text.slice(start), uses: [] }];
}

/** The text of an answer, with the tools that were used in between. */
export function AnswerBody({ turn }: { readonly turn: TurnView }) {
  const { status, citations } = turn;
  const isOver = status === 'done' || status === 'stopped' || status === 'failed';
  const pieces = piecesOf(turn);
  return (
    <>
      {pieces.map(({ start, text, uses }, at) => {
        const isLast = at === pieces.length - 1;
        return [
          text !== '' && (
            <Markdown
              key={`text ${start}`}
              text={text}
              citations={citations}
              growing={isLast && status === 'streaming'}
            />
          ),
          uses.length > 0 && <ToolUses key={`tools ${start + text.length}`} uses={uses} isOver={isOver} />,
        ];
      })}
    </>
  );
}
