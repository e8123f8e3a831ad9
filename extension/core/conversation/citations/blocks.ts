import {
  deleteMark,
  fileEndMark,
  fileMark,
  renameMark,
  replaceMark,
  searchMark,
} from '../../../protocol/answerGrammar.ts';
import { sentenceEnd } from './sentences.ts';

/** Code between fences. */
export interface Fence {
  /** The words after the opening fence. */
  readonly info: string;
  readonly text: string;
}

/** One sentence, heading or table row, whole. */
export interface Sentence {
  readonly text: string;
  /** The sentence before it in the same paragraph or list item. */
  readonly before?: string;
  readonly isRow: boolean;
  /** The code that follows it. */
  readonly fence?: Fence;
  /** The code right above the paragraph that it begins. */
  readonly fenceAbove?: Fence;
}

/** Cuts a growing answer into sentences. What it gives is the same in whatever pieces the answer comes. */
export interface BlockReader {
  /** The sentences that are whole by now. */
  push(text: string): Sentence[];
  /** The rest. */
  end(): Sentence[];
}

/** A line that may turn out to be another kind of line with the next character. */
const undecided = /^\s*(?:`{0,2}|[-*+]\s*|\d{1,9}[.)]?|\d{1,9}[.)]\s+)$/;
/** A line whose kind depends on the whole of it. */
const needsWhole = /^\s*(?:``|~|\||<|=|>|#)/;
const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/;
const fenceMark = /^\s*(`{3,}|~{3,})(.*)$/;

/** Keeps the work on a long sentence linear. */
const growth = 16;

/** A paragraph or list item that is being read. */
interface Block {
  text: string;
  /** Where the sentence begins that was not given yet. */
  from: number;
  /** How much of the text there was when it was looked through last. */
  seen: number;
  last: string | undefined;
  fenceAbove: Fence | undefined;
}

/** Begins to read an answer. */
export function createBlockReader(): BlockReader {
  let given: Sentence[] = [];
  let line = '';
  /** Whether the line belongs to the block already, so that what comes of it is added there. */
  let isOpen = false;
  let block: Block | undefined;
  /** A block's last sentence, until it is known whether code follows. */
  let waiting: Sentence | undefined;
  let fence: { mark: string; info: string; lines: string[] } | undefined;
  let fenceAbove: Fence | undefined;
  let isEdit = false;

  function give(text: string, isRow = false): Sentence | undefined {
    if (!block) return undefined;
    const { last, fenceAbove: above } = block;
    const isFirst = last === undefined;
    block.last = text;
    return { text, isRow, ...(isFirst ? {} : { before: last }), ...(isFirst && above ? { fenceAbove: above } : {}) };
  }

  function settle(): void {
    if (waiting) given.push(waiting);
    waiting = undefined;
  }

  /** Gives the sentences of the block that are whole; of one that has ended, the last one waits. */
  function read(ended: boolean): void {
    if (!block) return;
    // A sentence that grows a word at a time is looked through again only when it has grown by a part of its length.
    const { text, from, seen } = block;
    if (!ended && text.length - seen < (text.length - from) / growth) return;
    block.seen = text.length;
    for (;;) {
      const end = sentenceEnd(block.text, block.from, ended);
      if (end === undefined) return;
      const words = block.text.slice(block.from, end);
      const isLast = ended && block.text.slice(end).trim() === '';
      block.from = end;
      if (words.trim() !== '') {
        const sentence = give(words);
        if (isLast) waiting = sentence;
        else if (sentence) given.push(sentence);
      }
      if (isLast || end >= block.text.length) return;
    }
  }

  function close(): void {
    read(true);
    block = undefined;
  }

  function begin(text: string): void {
    settle();
    block = { text, from: 0, seen: 0, last: undefined, fenceAbove };
    fenceAbove = undefined;
  }

  /** Takes in a line that is prose or an item, or its beginning. */
  function open(text: string): void {
    const mark = item.exec(text)?.[0];
    if (mark !== undefined) {
      close();
      begin(text.slice(mark.length));
    } else if (block) block.text += `\n${text}`;
    else begin(text);
  }

  /** A heading or a row: a block of its own. */
  function alone(text: string, isRow: boolean): void {
    close();
    begin(text);
    const sentence = give(text, isRow);
    block = undefined;
    if (isRow && sentence) given.push(sentence);
    else waiting = sentence;
  }

  function wholeLine(text: string): void {
    if (fence) {
      const { mark, info, lines } = fence;
      if (new RegExp(`^\\s*${mark}${mark[0]}*\\s*$`).test(text)) {
        const read = { info, text: lines.join('\n') };
        if (waiting) given.push({ ...waiting, fence: read });
        else fenceAbove = read;
        waiting = undefined;
        fence = undefined;
      } else lines.push(text);
      return;
    }
    if (isEdit) {
      isEdit = !replaceMark.test(text) && !fileEndMark.test(text);
      return;
    }
    const mark = fenceMark.exec(text);
    if (text.trim() === '') close();
    else if (mark && !(mark[1]?.startsWith('`') && mark[2]?.includes('`'))) {
      close();
      fenceAbove = undefined;
      fence = { mark: mark[1] ?? '```', info: (mark[2] ?? '').trim(), lines: [] };
    } else if (searchMark.test(text) || fileMark.test(text)) {
      close();
      settle();
      isEdit = true;
    } else if (deleteMark.test(text) || renameMark.test(text)) close();
    else if (/^\s*\|/.test(text)) alone(text, true);
    else if (/^\s{0,3}#{1,6}\s/.test(text)) alone(text.replace(/^\s*#+\s*/, ''), false);
    else open(text.replace(/^\s*(?:>\s?)+/, ''));
  }

  function take(piece: string): void {
    if (isOpen && block) {
      block.text += piece;
      return;
    }
    line += piece;
    if (fence || isEdit || undecided.test(line) || needsWhole.test(line)) return;
    open(line);
    line = '';
    isOpen = true;
  }

  function endLine(): void {
    if (!isOpen) wholeLine(line.replace(/\r$/, ''));
    line = '';
    isOpen = false;
  }

  function taken(): Sentence[] {
    const all = given;
    given = [];
    return all;
  }

  return {
    push(text) {
      for (let from = 0; ; ) {
        const end = text.indexOf('\n', from);
        take(text.slice(from, end < 0 ? undefined : end));
        if (end < 0) break;
        endLine();
        from = end + 1;
      }
      read(false);
      return taken();
    },
    end() {
      endLine();
      if (fence) {
        const { info, lines } = fence;
        if (waiting) waiting = { ...waiting, fence: { info, text: lines.join('\n') } };
      }
      close();
      settle();
      return taken();
    },
  };
}
