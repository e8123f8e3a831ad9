import { cached } from './cacheFolder.ts';
import { readVocabulary } from './cl100kVocabulary.ts';
import { type GgufTensor, writeGguf } from './gguf.ts';

/** Changes whenever the file that is written would be another. */
const revision = 1;

const specials = [
  '<|endoftext|>',
  '[MASK]',
  '[gMASK]',
  '[sMASK]',
  '<sop>',
  '<eop>',
  '<|system|>',
  '<|user|>',
  '<|assistant|>',
  '<|observation|>',
  '<think>',
  '</think>',
  '<|code_prefix|>',
  '<|code_middle|>',
  '<|code_suffix|>',
] as const;

const template =
  '[gMASK]<sop>{% for m in messages %}<|{{ m.role }}|>\n{{ m.content }}{% endfor %}{% if add_generation_prompt %}<|assistant|>\n{% endif %}';

const shape = { embedding: 64, heads: 4, layers: 2, feedForward: 128, context: 131_072 } as const;

/** Numbers that look random and are the same each time (mulberry32), with a standard deviation of 0.05. */
function createNoise(): () => number {
  let state = 20_250_728;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1) * 0.05 * Math.sqrt(3);
  };
}

/** The 16 bits of a number of ordinary size. */
function half(value: number): number {
  if (Math.abs(value) < 2 ** -14) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const mantissa = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return (value < 0 ? 0x8000 : 0) + ((exponent + 15) << 10) + mantissa;
}

function tensors(vocabulary: number): GgufTensor[] {
  const noise = createNoise();
  const { embedding, heads, layers, feedForward } = shape;
  const head = embedding / heads;
  const size = (dimensions: readonly number[]) => dimensions.reduce((product, each) => product * each, 1);
  const bytes = (array: Float32Array | Uint16Array) => new Uint8Array(array.buffer);

  const random = (name: string, ...dimensions: number[]): GgufTensor => {
    const data = bytes(Float32Array.from({ length: size(dimensions) }, noise));
    return { name, dimensions, type: 'f32', data };
  };
  const randomHalf = (name: string, ...dimensions: number[]): GgufTensor => {
    const data = bytes(Uint16Array.from({ length: size(dimensions) }, () => half(noise())));
    return { name, dimensions, type: 'f16', data };
  };
  const ones = (name: string): GgufTensor => {
    return { name, dimensions: [embedding], type: 'f32', data: bytes(new Float32Array(embedding).fill(1)) };
  };
  const block = (i: number): GgufTensor[] => [
    ones(`blk.${i}.attn_norm.weight`),
    random(`blk.${i}.attn_q.weight`, embedding, embedding),
    random(`blk.${i}.attn_k.weight`, embedding, head),
    random(`blk.${i}.attn_v.weight`, embedding, head),
    random(`blk.${i}.attn_output.weight`, embedding, embedding),
    ones(`blk.${i}.post_attention_norm.weight`),
    ones(`blk.${i}.ffn_norm.weight`),
    random(`blk.${i}.ffn_up.weight`, embedding, 2 * feedForward),
    random(`blk.${i}.ffn_down.weight`, feedForward, embedding),
    ones(`blk.${i}.post_ffw_norm.weight`),
  ];
  return [
    randomHalf('token_embd.weight', embedding, vocabulary),
    ones('output_norm.weight'),
    randomHalf('output.weight', embedding, vocabulary),
    ...Array.from({ length: layers }, (_, i) => block(i)).flat(),
  ];
}

async function write(path: string): Promise<void> {
  const { tokens, merges } = await readVocabulary();
  const all = [...tokens, ...specials];
  const idOf = (token: (typeof specials)[number]) => ({ u32: tokens.length + specials.indexOf(token) });
  const { embedding, heads, layers, feedForward, context } = shape;
  const metadata = {
    'general.architecture': { string: 'glm4' },
    'general.name': { string: 'tiny-random-glm4' },
    'general.file_type': { u32: 1 },
    'glm4.context_length': { u32: context },
    'glm4.embedding_length': { u32: embedding },
    'glm4.block_count': { u32: layers },
    'glm4.feed_forward_length': { u32: feedForward },
    'glm4.attention.head_count': { u32: heads },
    'glm4.attention.head_count_kv': { u32: 1 },
    'glm4.attention.layer_norm_rms_epsilon': { f32: 1e-5 },
    'glm4.rope.dimension_count': { u32: embedding / heads / 2 },
    'glm4.rope.freq_base': { f32: 10_000 },
    'glm4.vocab_size': { u32: all.length },
    'tokenizer.ggml.model': { string: 'gpt2' },
    'tokenizer.ggml.pre': { string: 'glm4' },
    'tokenizer.ggml.tokens': { strings: all },
    // 1 is an ordinary token, 3 a control token.
    'tokenizer.ggml.token_type': { i32s: all.map((_, i) => (i < tokens.length ? 1 : 3)) },
    'tokenizer.ggml.merges': { strings: merges },
    'tokenizer.ggml.eos_token_id': idOf('<|endoftext|>'),
    'tokenizer.ggml.eot_token_id': idOf('<|user|>'),
    'tokenizer.ggml.unknown_token_id': idOf('<|endoftext|>'),
    'tokenizer.ggml.bos_token_id': idOf('[gMASK]'),
    'tokenizer.ggml.fim_pre_token_id': idOf('<|code_prefix|>'),
    'tokenizer.ggml.fim_mid_token_id': idOf('<|code_middle|>'),
    'tokenizer.ggml.fim_suf_token_id': idOf('<|code_suffix|>'),
    'tokenizer.chat_template': { string: template },
  };
  await writeGguf(path, metadata, tensors(all.length));
}

/**
 * The tiny GLM-4 for tests, made once: random weights, GLM's special tokens, cl100k_base as its vocabulary, 128K of
 * context. Its words are noise; tokenising, templates, streaming, errors and cache counters are real.
 */
export async function ensureTinyGlm(): Promise<string> {
  return cached([`tiny-glm4-${revision}.gguf`], write);
}
