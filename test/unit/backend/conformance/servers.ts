import type { BackendErrorKind } from '../../../../extension/core/backend/backendError.ts';
import type { LocalServer } from '../../../../extension/core/backend/local/localServer.ts';
import type { Recording } from '../../../support/hostedStandin.ts';

/** A server of one kind, by what it answers (glm-protocol.md 4.1 to 4.4). */
export interface RecordedServer {
  readonly name: string;
  /** Answers to the probe's questions; what is not here is a 404. */
  readonly routes: Readonly<Record<string, Recording>>;
  /** What the probe must learn. */
  readonly facts: Partial<LocalServer>;
  /** The model's path and body for a chat of one question, and for a gap. */
  readonly chat: { readonly path: string; readonly body: object };
  readonly gap: { readonly path: string; readonly body: object };
  /** A streamed answer saying "好 yes" after thinking "hm", of 20 prompt tokens, and how many of them were cached. */
  readonly answer: Recording;
  readonly cachedTokens: number | undefined;
  readonly failures: readonly (readonly [status: number, body: string, kind: BackendErrorKind])[];
}

/** JSON with a status. */
export const json = (body: object, status = 200): Recording => ({
  status,
  type: 'application/json',
  pieces: [JSON.stringify(body)],
});

const events = (...chunks: object[]): Recording => ({
  pieces: [...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), 'data: [DONE]\n\n'],
});
const delta = (fields: object, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta: fields, finish_reason }],
});

const messages = [
  { role: 'system', content: 'R' },
  { role: 'user', content: 'hi' },
];

const gapPrompt = '###PATH: a.py\n<|code_suffix|>\nprint(x)\n<|code_prefix|>x = <|code_middle|>';
const stops = ['<|endoftext|>', '<|user|>', '<|observation|>', '\n'];
const openAiChat = (model: string, more: object = {}) => ({
  path: '/v1/chat/completions',
  body: { model, stream: true, stream_options: { include_usage: true }, messages, max_tokens: 50, ...more },
});
const openAiGap = (model: string) => ({
  path: '/v1/completions',
  body: {
    model,
    stream: true,
    stream_options: { include_usage: true },
    prompt: gapPrompt,
    max_tokens: 16,
    temperature: 0,
    stop: stops,
  },
});
const thinking = { chat_template_kwargs: { enable_thinking: true } };

export const servers: readonly RecordedServer[] = [
  {
    name: 'llama.cpp',
    routes: {
      '/v1/models': json({
        object: 'list',
        data: [
          { id: 'glm-4.7-flash-q4_k_m.gguf', owned_by: 'llamacpp', meta: { n_ctx: 131_072, n_ctx_train: 202_752 } },
        ],
      }),
      '/props': json({ default_generation_settings: { n_ctx: 65_536 }, total_slots: 2 }),
      '/tokenize': json({ tokens: [154_838, 154_839, 154_840] }),
    },
    facts: { kind: 'llama.cpp', window: 65_536, tellsWindow: true, slots: 2, fim: 'glm', tokenizer: '/tokenize' },
    chat: openAiChat('glm-4.7-flash-q4_k_m.gguf', { ...thinking, return_progress: true }),
    gap: openAiGap('glm-4.7-flash-q4_k_m.gguf'),
    answer: events(
      delta({ role: 'assistant', content: null }),
      { ...delta({}), prompt_progress: { total: 20, cache: 16, processed: 20, time_ms: 3 } },
      delta({ reasoning_content: 'hm' }),
      delta({ content: '好 yes' }),
      { ...delta({}, 'stop'), timings: { cache_n: 16, prompt_n: 4, predicted_n: 3 } },
      { choices: [], usage: { prompt_tokens: 20, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 16 } } },
    ),
    cachedTokens: 16,
    failures: [
      [
        400,
        '{"error":{"code":400,"message":"request (10001 tokens) exceeds the available context size (4096 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":10001,"n_ctx":4096}}',
        'overflow',
      ],
      [401, '{"error":{"message":"Invalid API Key","type":"authentication_error","code":401}}', 'authentication'],
      [503, '{"error":{"message":"Loading model","type":"unavailable_error","code":503}}', 'loading'],
      [404, '{"error":{"message":"File Not Found","type":"not_found_error","code":404}}', 'not-a-model-server'],
      [400, '{"error":{"code":400,"message":"\'messages\' is required","type":"invalid_request_error"}}', 'request'],
      [
        501,
        '{"error":{"code":501,"message":"This server does not support infill","type":"not_supported_error"}}',
        'server',
      ],
    ],
  },
  {
    name: 'vLLM',
    routes: {
      '/v1/models': json({
        object: 'list',
        data: [{ id: 'zai-org/GLM-4.7', owned_by: 'vllm', max_model_len: 202_752 }],
      }),
      '/tokenize': json({ count: 3, max_model_len: 202_752, tokens: [1, 2, 3] }),
    },
    facts: { kind: 'vllm', window: 202_752, fim: 'glm', tokenizer: '/tokenize', thinks: true },
    chat: openAiChat('zai-org/GLM-4.7', thinking),
    gap: openAiGap('zai-org/GLM-4.7'),
    answer: events(
      delta({ role: 'assistant', content: '' }),
      delta({ reasoning: 'hm' }),
      delta({ content: '好 yes' }),
      delta({}, 'stop'),
      {
        choices: [],
        usage: { prompt_tokens: 20, total_tokens: 23, completion_tokens: 3, prompt_tokens_details: null },
      },
    ),
    cachedTokens: undefined,
    failures: [
      [
        400,
        '{"object":"error","message":"This model\'s maximum context length is 262144 tokens. However, your request has 372027 input tokens. Please reduce the length of the input messages.","type":"BadRequestError","param":null,"code":400}',
        'overflow',
      ],
      [
        400,
        '{"error":{"message":"This model\'s maximum context length is 4096 tokens. However, your request has 5000 input tokens. Please reduce the length of the input messages. (parameter=input_tokens, value=5000)","type":"BadRequestError","param":"input_tokens","code":400}}',
        'overflow',
      ],
      [
        400,
        '{"error":{"message":"\'max_tokens\' or \'max_completion_tokens\' is too large: 8192. This model\'s maximum context length is 4096 tokens and your request has 100 input tokens (8192 > 4096 - 100).","type":"BadRequestError","code":400}}',
        'overflow',
      ],
      [
        404,
        '{"error":{"message":"The model `glm` does not exist.","type":"NotFoundError","param":"model","code":404}}',
        'model',
      ],
      [401, '{"error":"Unauthorized"}', 'authentication'],
      [
        500,
        '{"error":{"message":"EngineCore encountered an issue.","type":"InternalServerError","code":500}}',
        'server',
      ],
    ],
  },
  {
    name: 'SGLang',
    routes: {
      '/v1/models': json({ data: [{ id: 'glm-4.6', owned_by: 'sglang', max_model_len: 131_072 }] }),
      '/model_info': json({ model_path: 'zai-org/GLM-4.6', is_generation: true }),
    },
    facts: { kind: 'sglang', window: 131_072, fim: 'glm' },
    chat: openAiChat('glm-4.6', thinking),
    gap: openAiGap('glm-4.6'),
    answer: events(
      delta({ role: 'assistant', reasoning_content: 'hm' }),
      delta({ content: '好 yes' }),
      delta({}, 'stop'),
      { choices: [], usage: { prompt_tokens: 20, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 8 } } },
    ),
    cachedTokens: 8,
    failures: [
      [400, '"The input (131123 tokens) is longer than the model\'s context length (131072 tokens)."', 'overflow'],
      [
        400,
        '{"object":"error","message":"Requested token count exceeds the model\'s maximum context length of 64000 tokens. You requested a total of 71897 tokens: 7897 tokens from the input messages and 64000 tokens for the completion. Please reduce the number of tokens.","type":"BadRequestError","code":400}',
        'overflow',
      ],
      [401, '{"error":"Unauthorized"}', 'authentication'],
      [503, '{"message":"The server is overloaded"}', 'overloaded'],
    ],
  },
  {
    name: 'Ollama',
    routes: {
      '/v1/models': json({ object: 'list', data: [{ id: 'glm-4.7-flash:latest', owned_by: 'library' }] }),
      '/api/version': json({ version: '0.34.3' }),
      '/api/ps': json({ models: [{ name: 'glm-4.7-flash:latest', context_length: 4_096 }] }),
      '/api/show': json({
        parameters: 'temperature 1\nstop "<|user|>"',
        model_info: { 'glm4moelite.context_length': 202_752 },
        capabilities: ['completion', 'tools', 'thinking'],
      }),
    },
    facts: { kind: 'ollama', window: 32_768, fim: 'glm', thinks: true },
    chat: {
      path: '/api/chat',
      body: {
        model: 'glm-4.7-flash:latest',
        stream: true,
        truncate: false,
        shift: false,
        keep_alive: '30m',
        messages,
        think: true,
        options: { num_ctx: 32_768, num_predict: 50 },
      },
    },
    gap: {
      path: '/api/generate',
      body: {
        model: 'glm-4.7-flash:latest',
        stream: true,
        truncate: false,
        shift: false,
        keep_alive: '30m',
        prompt: gapPrompt,
        raw: true,
        options: { num_ctx: 32_768, num_predict: 16, temperature: 0, stop: stops },
      },
    },
    answer: {
      type: 'application/x-ndjson',
      pieces: [
        '{"model":"glm-4.7-flash","message":{"role":"assistant","content":"","thinking":"hm"},"done":false}\n',
        '{"model":"glm-4.7-flash","message":{"role":"assistant","content":"好 yes"},"done":false}\n',
        '{"model":"glm-4.7-flash","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":20,"prompt_eval_cached_count":12,"eval_count":3}\n',
      ],
    },
    cachedTokens: 12,
    failures: [
      [
        400,
        '{"error":"the prompt is longer than the context length currently available to the model; shorten the prompt, adjust the context length in settings, or use a model with a longer context length"}',
        'overflow',
      ],
      [404, '{"error":"model \'glm\' not found"}', 'model'],
      [503, '{"error":"server busy, please try again.  maximum pending requests exceeded"}', 'overloaded'],
      [500, '{"error":"llama runner process has terminated: exit status 2"}', 'server'],
    ],
  },
  {
    name: 'LM Studio',
    routes: {
      '/v1/models': json({ data: [{ id: 'codegeex4-all-9b', owned_by: 'organization_owner' }] }),
      '/api/v1/models': json({
        models: [
          {
            key: 'codegeex4-all-9b',
            max_context_length: 131_072,
            loaded_instances: [{ id: 'codegeex4-all-9b', config: { context_length: 16_384 } }],
          },
        ],
      }),
    },
    facts: { kind: 'lmstudio', window: 16_384, fim: 'codegeex4', thinks: false },
    chat: openAiChat('codegeex4-all-9b'),
    gap: {
      path: '/v1/completions',
      body: {
        ...openAiGap('codegeex4-all-9b').body,
        prompt:
          '<|user|>\n###PATH:a.py\n###LANGUAGE:Python\n###MODE:BLOCK\n<|code_suffix|>\nprint(x)\n<|code_prefix|>x = <|code_middle|><|assistant|>\n',
      },
    },
    answer: events(delta({ role: 'assistant', reasoning: 'hm' }), delta({ content: '好 yes' }), delta({}, 'stop'), {
      choices: [],
      usage: { prompt_tokens: 20, completion_tokens: 3, total_tokens: 23 },
    }),
    cachedTokens: undefined,
    failures: [
      [
        400,
        '{"error":"Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens; the number of tokens to keep from the initial prompt is greater than the context length"}',
        'overflow',
      ],
      [
        404,
        '{"error":{"message":"No model named glm is loaded","type":"invalid_request_error","code":"model_not_found"}}',
        'model',
      ],
    ],
  },
  {
    name: 'another OpenAI-compatible server (Xinference)',
    routes: {
      '/v1/models': json({ object: 'list', data: [{ id: 'chatglm3-6b', object: 'model', context_length: 8_192 }] }),
    },
    facts: { kind: 'openai', window: 8_192, fim: 'none', tokenFactor: 1.45, thinks: false },
    chat: openAiChat('chatglm3-6b'),
    gap: openAiChat('chatglm3-6b'),
    answer: events(delta({ content: '<think>h' }), delta({ content: 'm</think>好 yes' }), {
      ...delta({}, 'stop'),
      usage: { prompt_tokens: 20, completion_tokens: 3 },
    }),
    cachedTokens: undefined,
    failures: [
      [400, '{"error":{"code":"context_length_exceeded","message":"too long"}}', 'overflow'],
      [400, '{"detail":"[address=127.0.0.1:1, pid=1] Model not found in the model list, uid: glm"}', 'request'],
      [403, '{"detail":"Not enough permissions"}', 'authentication'],
      [502, '<html><h1>502 Bad Gateway</h1></html>', 'server'],
    ],
  },
];
