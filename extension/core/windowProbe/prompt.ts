import type { Pack } from '../pack.ts';
import type { Tokenizer } from '../ports.ts';
import { type RealQuestion, tolerance } from './definitions.ts';
import { makeFacts, questionsAbout } from './facts.ts';
import { counted, type Passage, passagesOf, tokensOf, writePassages } from './haystack.ts';
import { plant } from './plant.ts';
import { askedTogether, probeRules, type Question } from './question.ts';
import { createSeededRandom, type SeededRandom } from './seededRandom.ts';

/** What every prompt of a probe is made of. */
export interface Material {
  readonly haystack: readonly Passage[];
  readonly real: readonly RealQuestion[];
  /** In per cent, ascending. */
  readonly depths: readonly number[];
  readonly seed: number;
  readonly encoding: string;
}

/** A prompt of one size, with what is asked at its end: first about what was planted, then about what was there. */
export interface ProbePrompt {
  readonly rules: string;
  readonly pack: Pack;
  readonly planted: readonly Question[];
  readonly real: readonly Question[];
  /** Our tokens of it, with the longer one of the two lists of questions. */
  readonly tokens: number;
  /** Every path in it. */
  readonly paths: readonly string[];
}

/** Questions about the repository's own definitions at each depth. */
const realPerDepth = 2;

/** Tokens that a question takes, at the most; what is not needed goes to the repository. */
const questionTokens = 60;

/** Tokens beside the repository: rules, questions, facts. */
export const besides = (depths: number): number => 200 + depths * (realPerDepth + 1) * questionTokens;

/** For each depth the definitions that stand nearest to it, of different kinds and each in one question only. */
function nearest({ real, depths }: Material, passages: readonly Passage[], random: SeededRandom): Question[] {
  const total = Math.max(1, tokensOf(passages));
  const starts = new Map<string, { readonly before: number; readonly passage: Passage }>();
  let before = 0;
  for (const passage of passages) {
    starts.set(passage.path, { before, passage });
    before += passage.tokens;
  }
  const placed = random.shuffled(real).flatMap(({ path, line, question }) => {
    const start = starts.get(path);
    if (!start || line > start.passage.lines.length) return [];
    const at = (start.before + (start.passage.tokens * line) / start.passage.lines.length) / total;
    return [{ question, at: at * 100 }];
  });
  const asked = new Set<string>();
  return depths.flatMap((depth) => {
    // A place is asked for last: values and signatures are in the prompt once, names and paths more often.
    const distance = ({ question, at }: (typeof placed)[0]): number =>
      Math.abs(at - depth) + (question.expected.type === 'place' ? 5 : 0);
    return Array.from({ length: realPerDepth }).flatMap((): Question[] => {
      let best: (typeof placed)[0] | undefined;
      for (const each of placed) {
        if (asked.has(each.question.name)) continue;
        if (!best || distance(each) < distance(best)) best = each;
      }
      if (!best) return [];
      asked.add(best.question.name);
      return [{ ...best.question, about: 'real', depth }];
    });
  });
}

/** Writes a prompt of so many of our tokens, or as few fewer as its last line has. */
export async function writePrompt(
  material: Material,
  fill: number,
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<ProbePrompt> {
  const { haystack, depths, seed, encoding } = material;
  // Each size has numbers of its own, whichever others are measured.
  const random = createSeededRandom((seed ^ Math.imul(fill, 0x9e3779b1)) >>> 0);
  const mark = random.between(0x10000000, 0x100000000).toString(16);
  const facts = makeFacts(depths, writePassages(haystack), random);
  const rough = await passagesOf(haystack, { tokens: fill - besides(depths.length), fill }, tokenizer, signal);
  const real = nearest(material, rough, random);

  /** The prompt with so many tokens of repository. */
  async function write(tokens: number): Promise<ProbePrompt> {
    const bare = await passagesOf(haystack, { tokens, fill }, tokenizer, signal);
    const { passages, planted } = plant(bare, facts);
    const text = await counted(passages, tokenizer, signal);
    const questions = planted.flatMap(({ fact, path, line }) => questionsAbout(fact, { path, line }, tolerance));
    const rules = probeRules(mark);
    const [ruleTokens = 0, ...lists] = await tokenizer.count(
      [rules, askedTogether(questions), askedTogether(real)],
      signal,
    );
    const packTokens = tokensOf(text);
    const files = text.map(({ path, lines, tokens: own }) => ({
      path,
      level: 'full' as const,
      tokens: own,
      ranges: [[1, lines.length]] as const,
    }));
    return {
      rules,
      pack: { budget: fill, tokens: packTokens, encoding, files, omitted: [], text: writePassages(text) },
      planted: questions,
      real,
      tokens: ruleTokens + packTokens + Math.max(...lists),
      paths: text.map(({ path }) => path),
    };
  }

  const tokens = tokensOf(rough);
  const first = await write(tokens);
  // What the guess has left over, or where it was too low, the repository makes up for.
  return write(tokens + (fill - first.tokens));
}
