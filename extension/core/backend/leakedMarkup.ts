import type { ToolFragment } from './chunk.ts';

/** What stays of a piece of text, and the tool calls that stood in it. */
export interface Cleaned {
  readonly text: string;
  readonly calls: readonly ToolFragment[];
}

/** Takes markup out of a stream that the server should have read itself. */
export interface MarkupFilter {
  push(piece: string): Cleaned;
  /** What was held back when the stream ended: an unfinished call is dropped. */
  end(): Cleaned;
}

const open = '<tool_call>';
const close = '</tool_call>';

/** Tokens that are never meant to be read (glm-protocol.md 2.4, 7.2), besides those around a call. */
const stray = [
  '<|endoftext|>',
  '<|system|>',
  '<|user|>',
  '<|assistant|>',
  '<|observation|>',
  close,
  '<tool_response>',
  '</tool_response>',
];
const markers = [open, ...stray];

/** Characters of one call, at the most: what grows longer without an end is not a call. */
const longestCall = 262_144;

/** Characters before a fence's marks, at the most. */
const longestIndent = 40;

/** Index of the first call that was leaked: those that came in their own field count from 0. */
const firstLeaked = 1_000;

/**
 * Reads a leaked call: the name, then keys and values, with line breaks between them (GLM-4.5, 4.6) or without (4.7 on;
 * glm-protocol.md 2.5). Undefined where it is broken, as when marks stand inside a key.
 */
function readCall(body: string, index: number): ToolFragment | undefined {
  const name = /^\s*([\w.-]+)\s*(?=<arg_key>|$)/.exec(body)?.[1];
  if (!name) return undefined;
  const rest = body.slice(body.indexOf(name) + name.length);
  const pair = /\s*<arg_key>([^<]*)<\/arg_key>\s*<arg_value>([\s\S]*?)<\/arg_value>\s*/y;
  const values: Record<string, unknown> = {};
  let at = 0;
  for (let match = pair.exec(rest); match; match = pair.exec(rest)) {
    at = pair.lastIndex;
    const [, key = '', value = ''] = match;
    values[key.trim()] = asValue(value);
  }
  return rest.slice(at).trim() === '' ? { index, name, arguments: JSON.stringify(values) } : undefined;
}

/** Strings stand bare, anything else as JSON. */
function asValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? text : value;
  } catch {
    return text;
  }
}

/**
 * Creates a filter for the text of a chat. Complete calls are recovered, broken ones and stray special tokens taken out,
 * however they are cut; within code — fenced, in backquotes, or in an edit block — they are left as they are, since there they are talked about.
 */
export function createMarkupFilter(): MarkupFilter {
  let held = '';
  let inCall = false;
  let calls = firstLeaked;
  /** The beginning of the current line, long enough to know a fence by. */
  let lineHead = '';
  let inQuotes = false;
  let inFence = false;
  let inEdit = false;

  /** Follows whether the text so far ends within code. */
  function follow(text: string): void {
    const [first = '', ...others] = text.split('\n');
    inLine(first);
    for (const line of others) {
      if (inEdit) inEdit = !/^>{5,9} REPLACE/.test(lineHead);
      else if (/^<{5,9} SEARCH/.test(lineHead)) inEdit = true;
      else if (/^\s*(```|~~~)/.test(lineHead)) inFence = !inFence;
      lineHead = '';
      inQuotes = false;
      inLine(line);
    }
  }
  function inLine(text: string): void {
    if (lineHead.length < longestIndent) lineHead += text.slice(0, longestIndent);
    for (let at = text.indexOf('`'); at >= 0; at = text.indexOf('`', at + 1)) inQuotes = !inQuotes;
  }

  function push(piece: string): Cleaned {
    held += piece;
    let text = '';
    const found: ToolFragment[] = [];
    const pass = (upTo: number): void => {
      const passed = held.slice(0, upTo);
      follow(passed);
      text += passed;
      held = held.slice(upTo);
    };
    while (held !== '') {
      if (inCall) {
        const end = held.indexOf(close);
        if (end < 0 && held.length < longestCall) break;
        const call = end < 0 ? undefined : readCall(held.slice(0, end), calls++);
        if (call) found.push(call);
        held = end < 0 ? '' : held.slice(end + close.length);
        inCall = false;
        continue;
      }
      const at = held.indexOf('<');
      if (at < 0) {
        pass(held.length);
        break;
      }
      pass(at);
      const inCode = inFence || inQuotes || inEdit;
      const marker = inCode ? undefined : markers.find((each) => held.startsWith(each));
      if (marker) {
        held = held.slice(marker.length);
        inCall = marker === open;
      } else if (!inCode && markers.some((each) => each.startsWith(held))) break;
      else pass(1);
    }
    return { text, calls: found };
  }

  return {
    push,
    end() {
      const text = inCall || held.startsWith('<|') ? '' : held;
      held = '';
      return { text, calls: [] };
    },
  };
}
