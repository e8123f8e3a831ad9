import type { Transport } from '../../ports.ts';
import { failure, failureFromResponse, type Target } from '../failures.ts';
import { type FimFormat, familyOf } from '../modelFamilies.ts';
import { pause } from '../pause.ts';
import { type Answer, type Ask, type AskOptions, createAsk, tryAsk } from './asker.ts';
import type { LocalServer } from './localServer.ts';
import type { ServerKind } from './serverKinds.ts';

/** An entry of `/v1/models`. */
interface ModelEntry {
  readonly id?: string;
  readonly owned_by?: string;
  readonly max_model_len?: number;
  readonly context_length?: number;
  readonly meta?: { readonly n_ctx?: number } | null;
}

/** The answers that tell a server's kind; undefined where it has no such route. */
interface Answers {
  readonly models: readonly ModelEntry[];
  readonly props: Record<string, unknown> | undefined;
  readonly ollama: Record<string, unknown> | undefined;
  readonly lmstudio: Record<string, unknown> | undefined;
  readonly sglang: Record<string, unknown> | undefined;
}

/** What a kind's own routes tell of a model. */
interface Told {
  readonly window?: number | undefined;
  readonly slots?: number | undefined;
  readonly thinks?: boolean;
}

/** Tells servers apart by what they answer, never by their port (glm-protocol.md 4.1). */
function kindOf({ models, props, ollama, lmstudio, sglang }: Answers): ServerKind {
  const owner = models[0]?.owned_by;
  if (props?.default_generation_settings || owner === 'llamacpp') return 'llama.cpp';
  if (typeof ollama?.version === 'string') return 'ollama';
  if (Array.isArray(lmstudio?.models)) return 'lmstudio';
  if (owner === 'sglang' || sglang?.model_path !== undefined) return 'sglang';
  return owner === 'vllm' || models[0]?.max_model_len ? 'vllm' : 'openai';
}

const numberIn = (value: unknown): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined);

/** Tokens that we ask Ollama for where no more is loaded: its own default of 4,096 holds no pack (glm-protocol.md 4.3). */
const ollamaWindow = 32_768;

/** Ollama: what is loaded, or what we shall ask for within what the model was trained on. */
async function askOllama(ask: Ask, model: string): Promise<Told> {
  const [loaded, shown] = await Promise.all([tryAsk(ask, '/api/ps'), tryAsk(ask, '/api/show', { model })]);
  const running = (Array.isArray(loaded?.models) ? loaded.models : []) as { name?: string; context_length?: number }[];
  const now = running.find(({ name }) => name === model || name === `${model}:latest`)?.context_length ?? 0;
  const info = Object.entries((shown?.model_info ?? {}) as Record<string, unknown>);
  const trained = numberIn(info.find(([key]) => key.endsWith('.context_length'))?.[1]);
  const set = Number(/^num_ctx\s+(\d+)/m.exec(String(shown?.parameters ?? ''))?.[1] ?? 0);
  const wanted = Math.max(now, set, ollamaWindow);
  const capabilities = Array.isArray(shown?.capabilities) ? shown.capabilities : [];
  return { window: Math.min(wanted, trained ?? wanted), thinks: capabilities.includes('thinking') };
}

/** LM Studio: the context that the model was loaded with. */
function readLmStudio(answer: Record<string, unknown> | undefined, model: string): Told {
  const models = (answer?.models ?? []) as {
    key?: string;
    max_context_length?: number;
    loaded_instances?: { id?: string; config?: { context_length?: number } }[];
  }[];
  const entry = models.find(
    ({ key, loaded_instances = [] }) => key === model || loaded_instances.some(({ id }) => id === model),
  );
  return { window: entry?.loaded_instances?.[0]?.config?.context_length ?? entry?.max_context_length };
}

async function tell(kind: ServerKind, ask: Ask, answers: Answers, entry: ModelEntry, model: string): Promise<Told> {
  switch (kind) {
    case 'llama.cpp': {
      const settings = answers.props?.default_generation_settings as { n_ctx?: number } | undefined;
      return { window: settings?.n_ctx ?? entry.meta?.n_ctx, slots: numberIn(answers.props?.total_slots) };
    }
    case 'ollama':
      return askOllama(ask, model);
    case 'lmstudio':
      return readLmStudio(answers.lmstudio, model);
    case 'vllm':
    case 'sglang':
      return { window: entry.max_model_len };
    case 'openai':
      return { window: entry.max_model_len ?? entry.context_length ?? entry.meta?.n_ctx };
  }
}

/** The three tokens, which a tokenizer that knows them makes one token each. */
const fimTokens = '<|code_prefix|><|code_middle|><|code_suffix|>';

/** How each kind's tokenizer is asked (glm-protocol.md 4.1). */
const tokenizers: Readonly<Partial<Record<ServerKind, (model: string) => object>>> = {
  'llama.cpp': () => ({ content: fimTokens, parse_special: true }),
  vllm: (model) => ({ model, prompt: fimTokens, add_special_tokens: false }),
  sglang: (model) => ({ model, prompt: fimTokens, add_special_tokens: false }),
};

async function askTokenizer(kind: ServerKind, ask: Ask, model: string): Promise<number | undefined> {
  const body = tokenizers[kind]?.(model);
  const answer = body && (await tryAsk(ask, '/tokenize', body));
  if (!answer) return undefined;
  return Array.isArray(answer.tokens) ? answer.tokens.length : numberIn(answer.count);
}

/** FIM tokens as the tokenizer knows them, else by the model's name (glm-protocol.md 3.1, 3.2). */
function fimOf(model: string, tokens: number | undefined): FimFormat | 'none' {
  const byName = familyOf(model).fim;
  if (tokens === undefined) return byName;
  if (tokens !== 3) return 'none';
  return byName === 'codegeex4' ? 'codegeex4' : 'glm';
}

/** Milliseconds between looks at a server that loads its model, and for how long it is looked at. */
const loadingPause = 500;
const longestLoading = 300_000;

/** Asks for the models, waiting while the server still loads. @throws BackendError for whatever is no list of models. */
async function askModels(ask: Ask, target: Target, waits: boolean, signal: AbortSignal): Promise<ModelEntry[]> {
  for (let waited = 0; ; waited += loadingPause) {
    const { status, text, json } = await ask('/v1/models');
    const data = (json as { data?: unknown } | undefined)?.data;
    if (status === 200 && Array.isArray(data)) return data as ModelEntry[];
    const error = refusal({ status, text, json }, target);
    if (error.kind !== 'loading' || !waits || waited >= longestLoading) throw error;
    await pause(loadingPause, signal);
  }
}

function refusal({ status, text }: Answer, target: Target) {
  if (status >= 500 || status === 401 || status === 403) return failureFromResponse(status, text, target);
  return failure('not-a-model-server', target, `GET /v1/models: HTTP ${status}, ${text.slice(0, 100)}`);
}

/** How to probe. */
export interface ProbeOptions extends Omit<AskOptions, 'timeout'> {
  /** Empty for the first model that the server lists. */
  readonly model: string;
  /** Milliseconds for each question. */
  readonly timeout?: number;
  /** Whether to wait for a server that is still loading. */
  readonly waits?: boolean;
}

/**
 * Asks a server what it is, which model it serves, how large its window is and what else decides how to speak to it.
 * Questions that a server does not know cost nothing but their answer.
 * @throws BackendError when nothing answers, or what answers is not a model server.
 */
export async function probeLocal(
  transport: Transport,
  options: ProbeOptions,
  signal: AbortSignal,
): Promise<LocalServer> {
  const { url, model: wanted, timeout = 3_000, waits = false } = options;
  const target: Target = { kind: 'local', origin: url, model: wanted };
  const ask = createAsk(transport, target, { ...options, timeout }, signal);
  const models = await askModels(ask, target, waits, signal);
  const [props, ollama, lmstudio, sglang] = await Promise.all(
    ['/props', '/api/version', '/api/v1/models', '/model_info'].map((path) => tryAsk(ask, path)),
  );
  const answers: Answers = { models, props, ollama, lmstudio, sglang };
  const entry = models.find(({ id }) => id === wanted) ?? models[0];
  const model = wanted || entry?.id;
  if (!entry || !model) throw failure('model', target, 'the server lists no model');
  const kind = kindOf(answers);
  const [told, tokens] = await Promise.all([tell(kind, ask, answers, entry, model), askTokenizer(kind, ask, model)]);
  signal.throwIfAborted();
  const family = familyOf(model);
  return {
    url,
    kind,
    model,
    models: models.flatMap(({ id }) => id ?? []),
    window: told.window ?? family.window,
    tellsWindow: told.window !== undefined,
    fim: fimOf(model, tokens),
    ...(tokens === undefined ? {} : { tokenizer: '/tokenize' }),
    ...(told.slots === undefined ? {} : { slots: told.slots }),
    thinks: told.thinks ?? family.thinks,
    tokenFactor: family.tokenFactor,
  };
}
