import { type HttpRequest, type Transport, TransportFailure } from '../ports.ts';
import { bodyText } from './eventStream.ts';
import { failure, failureFromResponse, failureFromTransport } from './failures.ts';
import type { FimFormat } from './fimPrompt.ts';

/** What a local server turned out to be. */
export interface LocalServer {
  /** Base URL without a trailing slash. */
  readonly url: string;
  readonly kind: 'llama.cpp' | 'openai-compatible';
  readonly model: string;
  /** Tokens of prompt and answer together. */
  readonly window: number;
  readonly fim: FimFormat | 'none';
}

/** Where servers listen unless told otherwise: llama.cpp, vLLM, SGLang, Ollama, LM Studio (glm-protocol.md 4.1). */
export const defaultUrls = [8080, 8000, 30000, 11434, 1234].map((port) => `http://127.0.0.1:${port}`);

/** Used where a server does not tell its window: what GLM's smallest current deployments have. */
const unknownWindow = 8_192;

interface ModelEntry {
  readonly id?: string;
  readonly max_model_len?: number;
  readonly meta?: { readonly n_ctx?: number } | null;
}

/** FIM tokens by model name, for servers whose tokenizer cannot be asked (glm-protocol.md 3.1, 3.2). */
function fimOfName(model: string): FimFormat | 'none' {
  if (/codegeex-?4/i.test(model)) return 'codegeex4';
  return /glm-?(?:4\.[5-9]|5)/i.test(model) ? 'glm' : 'none';
}

/**
 * Asks a server what it is, which model it serves, how large its window is and whether it knows GLM's FIM tokens.
 * @throws BackendError when nothing answers, or what answers is not a model server.
 */
export async function probeLocal(
  transport: Transport,
  url: string,
  wantedModel: string,
  signal: AbortSignal,
  apiKey?: string,
  /** Milliseconds for each question. */
  timeout = 3_000,
): Promise<LocalServer> {
  const target = { kind: 'local', origin: url, model: wantedModel } as const;

  async function ask(path: string, body?: object): Promise<{ status: number; text: string }> {
    const request: HttpRequest = {
      method: body ? 'POST' : 'GET',
      url: `${url}${path}`,
      headers: {
        'content-type': 'application/json',
        ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      headTimeout: timeout,
      idleTimeout: timeout,
    };
    try {
      const response = await transport.request(request, signal);
      return { status: response.status, text: await bodyText(response.body) };
    } catch (error) {
      throw TransportFailure.is(error) ? failureFromTransport(error, target) : error;
    }
  }

  /** An optional route's answer, or undefined where the server does not have it. */
  async function tryAsk(path: string, body?: object): Promise<Record<string, unknown> | undefined> {
    const { status, text } = await ask(path, body);
    if (status !== 200) return undefined;
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch {
      return undefined;
    }
  }

  const { status, text } = await ask('/v1/models');
  const models = parseModels(text);
  if (status !== 200 || !models) {
    if (status >= 500 || status === 401) throw failureFromResponse(status, text, target);
    throw failure('not-a-model-server', target, `GET /v1/models: HTTP ${status}, ${text.slice(0, 100)}`);
  }
  const entry = models.find((each) => each.id === wantedModel) ?? models[0];
  if (!entry?.id) throw failure('model', target, 'the server lists no model');
  const model = wantedModel || entry.id;

  const props = await tryAsk('/props');
  const generation = props?.default_generation_settings as { n_ctx?: number } | undefined;
  if (!generation?.n_ctx) {
    const window = entry.max_model_len ?? entry.meta?.n_ctx ?? unknownWindow;
    return { url, kind: 'openai-compatible', model, window, fim: fimOfName(model) };
  }
  const content = '<|code_prefix|><|code_middle|><|code_suffix|>';
  const tokens = (await tryAsk('/tokenize', { content, parse_special: true }))?.tokens;
  const hasFim = Array.isArray(tokens) && tokens.length === 3;
  const fim = !hasFim ? 'none' : fimOfName(model) === 'codegeex4' ? 'codegeex4' : 'glm';
  return { url, kind: 'llama.cpp', model, window: generation.n_ctx, fim };
}

function parseModels(text: string): readonly ModelEntry[] | undefined {
  try {
    const body = JSON.parse(text) as { data?: unknown };
    return Array.isArray(body.data) ? (body.data as ModelEntry[]) : undefined;
  } catch {
    return undefined;
  }
}
