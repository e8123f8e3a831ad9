/** Which fill-in-the-middle tokens a model was trained on. */
export type FimFormat = 'glm' | 'codegeex4';

/** What a generation of models has in common, whoever serves it. */
export interface ModelFamily {
  readonly name: string;
  /** Tokens that its smallest usual variant was trained for; what a server tells goes before it. */
  readonly window: number;
  /** Its tokens of source code for one of cl100k_base. */
  readonly tokenFactor: number;
  readonly fim: FimFormat | 'none';
  /** Whether its template lets thinking be switched off. */
  readonly thinks: boolean;
}

/** 64.8K SentencePiece: 1.26 to 1.41 times as many tokens in code, 1.45 to be safe (glm-protocol.md 2.6). */
const sentencePiece = 1.45;

const k = 1_024;

/**
 * Generations by name, the more special name first (glm-protocol.md sections 2.6, 3, 5; 2026-11-23). Names come as
 * repositories (`zai-org/GLM-4.7`), files (`glm-4.7-flash-q4_k_m.gguf`) and tags (`codegeex4:9b`).
 */
const families: readonly (ModelFamily & { readonly names: RegExp })[] = [
  { names: /codegeex-?4/, name: 'CodeGeeX4', window: 128 * k, tokenFactor: 1, fim: 'codegeex4', thinks: false },
  { names: /codegeex-?2/, name: 'CodeGeeX2', window: 8 * k, tokenFactor: sentencePiece, fim: 'none', thinks: false },
  {
    names: /chatglm-?3.*128k/,
    name: 'ChatGLM3-128K',
    window: 128 * k,
    tokenFactor: sentencePiece,
    fim: 'none',
    thinks: false,
  },
  {
    names: /chatglm-?[23].*32k/,
    name: 'ChatGLM-32K',
    window: 32 * k,
    tokenFactor: sentencePiece,
    fim: 'none',
    thinks: false,
  },
  { names: /chatglm-?[23]/, name: 'ChatGLM2/3', window: 8 * k, tokenFactor: sentencePiece, fim: 'none', thinks: false },
  { names: /chatglm/, name: 'ChatGLM', window: 2 * k, tokenFactor: sentencePiece, fim: 'none', thinks: false },
  { names: /glm-?4.*-1m/, name: 'GLM-4-1M', window: 1_024 * k, tokenFactor: 1, fim: 'none', thinks: false },
  {
    names: /glm-?(?:4|z1).*0414|glm-?z1/,
    name: 'GLM-4-0414',
    window: 32 * k,
    tokenFactor: 1,
    fim: 'none',
    thinks: false,
  },
  { names: /glm-?5\.[23]/, name: 'GLM-5.2', window: 1_024 * k, tokenFactor: 1, fim: 'glm', thinks: true },
  { names: /glm-?5/, name: 'GLM-5', window: 202_752, tokenFactor: 1, fim: 'glm', thinks: true },
  { names: /glm-?4\.[67]/, name: 'GLM-4.6', window: 202_752, tokenFactor: 1, fim: 'glm', thinks: true },
  { names: /glm-?4\.5/, name: 'GLM-4.5', window: 128 * k, tokenFactor: 1, fim: 'glm', thinks: true },
  { names: /glm-?4/, name: 'GLM-4', window: 128 * k, tokenFactor: 1, fim: 'none', thinks: false },
];

/** A model of another family: the smallest window of current ones, and counts on the safe side. */
const unknown: ModelFamily = { name: '', window: 8 * k, tokenFactor: 1.1, fim: 'none', thinks: false };

/** The family of a model, by any of the ways in which its name is written. */
export function familyOf(model: string): ModelFamily {
  const name = model.toLowerCase().replaceAll('_', '-');
  return families.find(({ names }) => names.test(name)) ?? unknown;
}
