import type { Pack } from '../pack.ts';
import type { ChatRequest, CompletionRequest } from './backend.ts';
import { languageName } from './languageNames.ts';
import type { FimFormat } from './modelFamilies.ts';
import { neutralise } from './specialTokens.ts';

/** What ends an answer; four at the most, since vLLM takes no more (peers-inline.md section 2). */
export function fimStops(mode: CompletionRequest['mode']): string[] {
  return ['<|endoftext|>', '<|user|>', '<|observation|>', mode === 'line' ? '\n' : '<|code_prefix|>'];
}

/** The last pack with its special tokens taken apart: it is the same text for hundreds of keystrokes. */
let last: { readonly text: string; readonly plain: string } | undefined;

function neutralisedPack(pack: Pack | undefined): string {
  if (!pack) return '';
  if (last?.text !== pack.text) last = { text: pack.text, plain: neutralise(pack.text) };
  return last.plain;
}

/** Which side of a gap a model reads first. */
export type FimOrder = 'suffix-first' | 'prefix-first';

/** Characters of suffix that are sent behind the prefix, where each keystroke has the server read them again. */
const readAnew = 1_000;

const wholeLines = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, text.lastIndexOf('\n', most) + 1 || most);

/**
 * Writes a raw fill-in-the-middle prompt: repository, suffix, prefix, middle. With the suffix before the prefix
 * a keystroke changes only the prompt's end, and a server evaluates a handful of tokens (DESIGN.md section 2).
 * Formats: CodeGeeX4 as in glm-protocol.md 3.1; GLM-4.5 and later have the same tokens (3.2), in an order that is probed.
 * Where the request has a head, that takes the repository's place, as it is: it is a prompt that a server holds.
 */
export function fimPrompt(format: FimFormat, request: CompletionRequest, order: FimOrder = 'suffix-first'): string {
  const { path, languageId, head } = request;
  const pack = neutralisedPack(head === undefined ? request.pack : undefined);
  const prefix = `<|code_prefix|>${neutralise(request.prefix)}`;
  const suffix = `<|code_suffix|>${neutralise(
    order === 'suffix-first' ? request.suffix : wholeLines(request.suffix, readAnew),
  )}`;
  const gap = `${order === 'suffix-first' ? suffix + prefix : prefix + suffix}<|code_middle|>`;
  switch (format) {
    case 'glm':
      return `${head ?? pack}###PATH: ${path}\n${gap}`;
    case 'codegeex4': {
      // The mode stands before the gap: were it to change from key to key, the server would read the gap anew each time.
      const references = pack.replace(/^###PATH: /gm, '###REFERENCE:\n###PATH:');
      const target = `###PATH:${path}\n###LANGUAGE:${languageName(languageId)}\n###MODE:BLOCK\n`;
      return `${head ?? '<|user|>\n'}${references}${target}${gap}<|assistant|>\n`;
    }
  }
}

const fimRules = `You complete source code at a cursor. You are given files of the repository, then the file being edited: \
first the text after the cursor, then the text before it. Answer with the text to insert at the cursor and nothing else: \
no explanation, no code fence, no repetition of the text before or after the cursor.`;

/** Asks for a gap by chat, for models that have no fill-in-the-middle tokens (glm-protocol.md 3.2, hosted). */
export function fimByChat(request: CompletionRequest): ChatRequest {
  const length =
    request.mode === 'line' ? 'Complete the current line only.' : 'Complete the current statement or block.';
  const content = `###PATH: ${request.path}
<after_cursor>${request.suffix}</after_cursor>
${length}
<before_cursor>${request.prefix}</before_cursor>`;
  const { pack, maxTokens } = request;
  const messages = [{ role: 'user', content }] as const;
  return { rules: fimRules, messages, question: content, maxTokens, thinking: false, ...(pack ? { pack } : {}) };
}
