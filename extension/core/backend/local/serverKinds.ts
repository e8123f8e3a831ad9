/** The servers that we know by their answers; `openai` is any other that speaks the schema (Xinference, gateways). */
export type ServerKind = 'llama.cpp' | 'vllm' | 'sglang' | 'ollama' | 'lmstudio' | 'openai';

/** What is the same for every server of a kind. */
export interface KindFacts {
  readonly name: string;
  /** Where it listens unless told otherwise. */
  readonly port: number;
  /** The field of a chunk that reasoning comes in; told by `doctor`, since the reader takes any. */
  readonly reasoningField: string;
  /** When it reports what came from its cache. */
  readonly reportsCache: 'always' | 'with-flag' | 'never';
  /** The flag that makes it report, where it needs one. */
  readonly cacheFlag?: string;
  /** Whether `chat_template_kwargs` reach the template. */
  readonly takesTemplateArguments: boolean;
}

/** The kinds (glm-protocol.md 4.1). */
export const serverKinds: Readonly<Record<ServerKind, KindFacts>> = {
  'llama.cpp': {
    name: 'llama.cpp',
    port: 8080,
    reasoningField: 'reasoning_content',
    reportsCache: 'always',
    takesTemplateArguments: true,
  },
  vllm: {
    name: 'vLLM',
    port: 8000,
    reasoningField: 'reasoning',
    reportsCache: 'with-flag',
    cacheFlag: '--enable-prompt-tokens-details',
    takesTemplateArguments: true,
  },
  sglang: {
    name: 'SGLang',
    port: 30_000,
    reasoningField: 'reasoning_content',
    reportsCache: 'with-flag',
    cacheFlag: '--enable-cache-report',
    takesTemplateArguments: true,
  },
  ollama: {
    name: 'Ollama',
    port: 11_434,
    reasoningField: 'thinking',
    reportsCache: 'always',
    takesTemplateArguments: false,
  },
  lmstudio: {
    name: 'LM Studio',
    port: 1_234,
    reasoningField: 'reasoning_content',
    reportsCache: 'never',
    takesTemplateArguments: false,
  },
  openai: {
    name: 'OpenAI-compatible',
    port: 9_997,
    reasoningField: 'reasoning_content',
    reportsCache: 'never',
    takesTemplateArguments: false,
  },
};

/** Where servers are looked for. */
export const defaultUrls = Object.values(serverKinds).map(({ port }) => `http://127.0.0.1:${port}`);
