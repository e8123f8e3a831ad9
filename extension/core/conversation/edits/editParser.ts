import {
  deleteMark,
  fileEndMark,
  fileMark,
  pathOnLine,
  renameMark,
  replaceMark,
  searchMark,
} from '../../../protocol/answerGrammar.ts';
import { blockParts, indentOf, marksSame, withoutIndent } from './blockParts.ts';
import type { Edit, MalformedEdit, MalformedReason } from './edit.ts';
import { createPathAbove } from './pathAbove.ts';
import { pathProblem, plainPath } from './paths.ts';

/** What a parser has read. Deletions and renamings stand on one line, and only finish. */
export type EditEvent =
  | { readonly type: 'begun'; readonly path: string }
  | { readonly type: 'finished'; readonly edit: Edit }
  | { readonly type: 'malformed'; readonly malformed: MalformedEdit };

/** Reads the edits of an answer while it arrives. */
export interface EditParser {
  /** Takes the next part of the answer, of any length; the events do not depend on how it was cut. */
  push(text: string): EditEvent[];
  /** Says that the answer has ended. A parser is of no use after that. */
  finish(): EditEvent[];
}

/** A block that was begun and not yet ended. */
interface OpenBlock {
  readonly form: 'replace' | 'whole';
  readonly path: string;
  readonly mark: string;
  readonly lines: string[];
  /** 1-based line of the answer. */
  readonly line: number;
  problem: MalformedReason | undefined;
}

/** A line that begins an edit, with a word that we or other tools use, and any number of signs. */
const openingMark = /^[ \t]*<{3,} ?(?:SEARCH|ORIGINAL|REPLACE|FILE|DELETE|RENAME)\b/;
/** The same for lines that divide or end one. */
const laterMark = /^[ \t]*(?:>{3,} ?(?:SEARCH|REPLACE|UPDATED|FILE|DELETE|RENAME)|={3,} ?(?:SEARCH|REPLACE|FILE))\s*$/;
const conflictMark = /^<{7}(?: |$)/;
const bareEnd = /^[ \t]*>{5,9}\s*$/;
/** The beginning of a mark, at the end of an answer that was cut off. */
const partOfMark = /^[ \t]*(?:<{3,9} ?[A-Z]*|[<>=]{1,9} ?[A-Z]{0,6})$/;

/** Creates a parser of one answer. It never throws; what it cannot read it reports as malformed. */
export function createEditParser(): EditParser {
  const above = createPathAbove();
  let open: OpenBlock | undefined;
  let pending = '';
  let lineNumber = 0;
  let events: EditEvent[] = [];

  const malformed = (reason: MalformedReason, path: string, text: string, line: number): void => {
    events.push({ type: 'malformed', malformed: { reason, path: plainPath(path), text, line } });
  };

  /** Ends the open block: its edit, or why it is none. */
  function close(end: string | undefined, reason?: MalformedReason): void {
    if (!open) return;
    const { form, path, mark, lines, line, problem } = open;
    open = undefined;
    const indent = indentOf(mark);
    const parts = form === 'replace' ? blockParts(lines, indent, mark.trim().lastIndexOf('<') + 1) : undefined;
    const wrong = reason ?? problem ?? (typeof parts === 'string' ? parts : undefined);
    if (wrong !== undefined) {
      malformed(wrong, path, [mark, ...lines, ...(end === undefined ? [] : [end])].join('\n'), line);
    } else if (typeof parts === 'object') {
      const isNew = parts.search.trim() === '';
      const replace = isNew ? withoutIndent(parts.replace, indent) : parts.replace;
      events.push({
        type: 'finished',
        edit: { kind: 'replace', path, search: isNew ? '' : parts.search, replace },
      });
    } else {
      events.push({
        type: 'finished',
        edit: { kind: 'whole', path, text: withoutIndent(lines.join('\n'), indent) },
      });
    }
  }

  /** Reads a deletion or renaming. */
  function oneLine(mark: string, inside: boolean): void {
    const { path, to } = { ...deleteMark.exec(mark)?.groups, ...renameMark.exec(mark)?.groups };
    const [from, target] = [path, to].map((text) => text && plainPath(text.replaceAll('`', '')));
    const wrong =
      path === undefined
        ? 'wrong mark'
        : (pathProblem(from ?? '') ?? (to === undefined ? undefined : pathProblem(target ?? '')));
    if (inside || wrong)
      malformed(inside ? 'inside another block' : (wrong ?? 'wrong mark'), from ?? '', mark, lineNumber);
    else if (target) events.push({ type: 'finished', edit: { kind: 'rename', path: from ?? '', to: target } });
    else events.push({ type: 'finished', edit: { kind: 'delete', path: from ?? '' } });
    above.use(target || from || '');
  }

  /** Begins the edit of an opening mark. */
  function begin(mark: string, inside: boolean): void {
    if (/^[ \t]*<+ ?(?:DELETE|RENAME)/.test(mark)) {
      oneLine(mark, inside);
      return;
    }
    const known = searchMark.exec(mark) ?? fileMark.exec(mark);
    const onMark = known?.groups?.path;
    const written = onMark === undefined ? above.path : pathOnLine(onMark);
    const path = plainPath(written ?? above.path ?? '');
    const badPath = written === undefined ? 'no path' : pathProblem(path);
    const badMark = known && (onMark === undefined || written !== undefined) ? undefined : 'wrong mark';
    const problem = inside ? 'inside another block' : (badMark ?? badPath);
    open = { form: fileMark.test(mark) ? 'whole' : 'replace', path, mark, lines: [], line: lineNumber, problem };
    if (written !== undefined) above.use(path);
    if (!problem) events.push({ type: 'begun', path });
  }

  function inBlock(block: OpenBlock, line: string): void {
    const mine = marksSame(line, indentOf(block.mark));
    if (mine && openingMark.test(line)) {
      for (const each of block.lines.filter((text) => text.trim() !== '').slice(-2)) above.read(each);
      close(undefined, 'no end mark');
      begin(line, true);
    } else if (mine && (block.form === 'replace' ? replaceMark : fileEndMark).test(line)) {
      close(line);
    } else if (mine && laterMark.test(line)) {
      block.problem ??= 'wrong mark';
      if (line.trim().startsWith('>')) close(line);
      else block.lines.push(line);
    } else if (mine && bareEnd.test(line) && !block.lines.some((text) => conflictMark.test(text))) {
      close(line, block.problem ?? 'wrong mark');
    } else {
      block.lines.push(line);
    }
  }

  function read(line: string): void {
    lineNumber++;
    if (open) inBlock(open, line);
    else if (openingMark.test(line)) begin(line, false);
    else if (laterMark.test(line)) malformed('no opening mark', above.path ?? '', line, lineNumber);
    else above.read(line);
  }

  function taken(): EditEvent[] {
    const those = events;
    events = [];
    return those;
  }

  return {
    push(text) {
      // Text without a line break is only put aside: a long line that comes in many parts is read once.
      if (!text.includes('\n')) {
        pending += text;
        return [];
      }
      const lines = (pending + text).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) read(line.endsWith('\r') ? line.slice(0, -1) : line);
      return taken();
    },
    finish() {
      const last = pending.endsWith('\r') ? pending.slice(0, -1) : pending;
      const ends = open?.form === 'whole' ? fileEndMark : replaceMark;
      if (open && !(ends.test(last) && marksSame(last, indentOf(open.mark)))) {
        if (last !== '') open.lines.push(last);
        close(undefined, 'cut off');
      } else if (
        !open &&
        (partOfMark.test(last) || openingMark.test(last)) &&
        !deleteMark.test(last) &&
        !renameMark.test(last)
      ) {
        if (/^\s*<{3}/.test(last)) malformed('cut off', above.path ?? '', last, lineNumber + 1);
      } else if (last !== '') {
        read(last);
      }
      pending = '';
      return taken();
    },
  };
}
