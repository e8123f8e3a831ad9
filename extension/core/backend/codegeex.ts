import { packedSources } from '../context/packedSources.ts';
import type { CompletionRequest } from './backend.ts';
import { languageName } from './languageNames.ts';

/** The hosted model with a way of its own to complete code. */
export const codegeex = 'codegeex-4';

/** The hosted model that completes by chat where that one is not served. */
export const codegeexSubstitute = 'glm-4.5-air';

/**
 * The body of a CodeGeeX completion: no messages, the gap and other files in `extra` (glm-protocol.md 1.9). It is the only
 * hosted way to fill in the middle, and absent from the lists of 2026: ask once, and do without it where it is refused.
 */
export function codegeexBody({ path, languageId, prefix, suffix, pack, maxTokens }: CompletionRequest): object {
  const target = { path, language: languageName(languageId), code_prefix: prefix, code_suffix: suffix };
  const contexts = pack ? packedSources(pack).map(({ path, text }) => ({ path, code: text })) : [];
  return {
    model: codegeex,
    messages: [],
    extra: { target, contexts },
    stream: true,
    temperature: 0.2,
    top_p: 0.7,
    max_tokens: maxTokens,
    stop: ['<|endoftext|>', '<|user|>', '<|assistant|>', '<|observation|>'],
  };
}
