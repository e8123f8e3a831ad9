import { type ReceivedRequest, type Recording, startHostedStandin } from './hostedStandin.ts';

/** A local model server that knows the texts that are being typed, with every prompt that it was sent. */
export interface LocalStandin {
  readonly url: string;
  prompts(): readonly string[];
  /** Resolves when the last request was given up before it was answered. */
  abandoned(): Promise<void>;
  dispose(): Promise<void>;
}

/** Lines of one answer. */
const answerLines = 2;

/** What follows a place in one of the texts: the rest of its line, or the lines below the last one that is not blank. */
function next(texts: readonly string[], prefix: string): string {
  const [line = '', ...above] = prefix.split('\n').reverse();
  const isFresh = line.trim() === '';
  const last = isFresh ? `${above.find((each) => each.trim() !== '')?.trim()}\n` : line.trimStart();
  for (const text of texts) {
    const at = text.indexOf(last);
    if (at < 0) continue;
    const lines = text.slice(at + last.length).split('\n');
    const answer = lines.slice(0, answerLines + (isFresh ? 0 : 1)).join('\n');
    return isFresh && answer.startsWith(line) ? answer.slice(line.length) : answer;
  }
  return '';
}

/** The text before the gap in a raw GLM prompt (glm-protocol.md 3.1). */
const prefixOf = (prompt: string): string =>
  /<\|code_prefix\|>(.*?)<\|code_(?:suffix|middle)\|>/s.exec(prompt)?.[1] ?? '';

const json = (value: object): Recording => ({ type: 'application/json', pieces: [JSON.stringify(value)] });
const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;

function complete(texts: readonly string[], prompt: string): Recording {
  const usage = { prompt_tokens: 100, completion_tokens: 10, prompt_tokens_details: { cached_tokens: 80 } };
  const text = event({ choices: [{ index: 0, text: next(texts, prefixOf(prompt)) }] });
  const end = event({ choices: [{ index: 0, text: '', finish_reason: 'stop' }], usage });
  return { pieces: [text, end, 'data: [DONE]\n\n'] };
}

/** The answer to a question, by what stands before it; with the milliseconds that reading that takes. */
export type ChatAnswer = (system: string, question: string) => { readonly text: string; readonly pause?: number };

/** Answers a chat as llama.cpp does: progress first, then the text, then what came from the cache of one slot. */
function chat(answer: ChatAnswer, { body }: ReceivedRequest, cached: string): Recording {
  const [system, question] = (body.messages as { content: string }[]).map(({ content }) => content);
  const { text, pause } = answer(system ?? '', question ?? '');
  const total = Math.round(((system?.length ?? 0) + (question?.length ?? 0)) / 4);
  const cachedTokens = system === cached ? Math.round((system?.length ?? 0) / 4) : 0;
  const reading = [0.25, 0.5, 0.75].map((share) =>
    event({ choices: [], prompt_progress: { total, processed: Math.round(total * share), cache: cachedTokens } }),
  );
  const usage = { prompt_tokens: total, completion_tokens: 20, prompt_tokens_details: { cached_tokens: cachedTokens } };
  return {
    pieces: [
      ...reading,
      event({ choices: [{ index: 0, delta: { role: 'assistant', content: text } }] }),
      event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
      event({ choices: [], usage, timings: { prompt_n: total - cachedTokens, prompt_ms: (total - cachedTokens) / 5 } }),
      'data: [DONE]\n\n',
    ],
    ...(pause === undefined ? {} : { pause }),
  };
}

/**
 * Starts a server that looks like llama.cpp with a GLM model (glm-protocol.md 4.1) and completes towards the texts; it chats
 * where it is told how.
 */
export async function startLocalStandin(texts: readonly string[], answer?: ChatAnswer): Promise<LocalStandin> {
  let cached = '';
  const promptOf = ({ body }: ReceivedRequest): string => String(body.prompt ?? '');
  const { url, requests, dispose } = await startHostedStandin((request) => {
    switch (request.path) {
      case '/v1/models':
        return json({ data: [{ id: 'glm-standin', owned_by: 'llamacpp' }] });
      case '/props':
        return json({ default_generation_settings: { n_ctx: 32_768 }, total_slots: 1 });
      case '/tokenize':
        return json({ tokens: [1, 2, 3] });
      case '/v1/completions':
        return complete(texts, promptOf(request));
      case '/v1/chat/completions': {
        if (!answer) break;
        const played = chat(answer, request, cached);
        cached = (request.body.messages as { content: string }[])[0]?.content ?? '';
        return played;
      }
    }
    return { status: 404, ...json({}) };
  });
  return {
    url,
    prompts: () => requests.map(promptOf).filter((prompt) => prompt !== ''),
    abandoned: async () => requests.at(-1)?.abandoned,
    dispose,
  };
}
