import type { Backend } from '../../backend/backend.ts';
import { costOf } from '../../backend/modelCatalogue.ts';
import type { Partition } from '../../ports.ts';

/** One part of a repository, in few words. */
export interface PartLabel {
  readonly files: number;
  readonly tokens: number;
  /** Paths of its first and its last file. */
  readonly first: string;
  readonly last: string;
}

/** What it takes to ask about every file. */
export interface SurveyPlan {
  /** Parts, and one more to put the findings together. */
  readonly requests: number;
  /** Tokens that are sent, about. */
  readonly tokens: number;
  /** US dollars, about; undefined where nothing is charged or the price is not known. */
  readonly cost?: number;
  readonly files: number;
  readonly parts: readonly PartLabel[];
}

/** Tokens that a part's answer has, at a guess; a part without a finding answers with one word. */
const answerGuess = 500;

/** Plans the requests; `beside` is what each holds beside its part, in tokens. */
export function planSurvey(partition: Partition, beside: number, { prices }: Pick<Backend, 'prices'>): SurveyPlan {
  const parts = partition.parts.map(({ pieces, tokens }) => ({
    files: new Set(pieces.map(({ path }) => path)).size,
    tokens,
    first: pieces[0]?.path ?? '',
    last: pieces.at(-1)?.path ?? '',
  }));
  const completionTokens = (parts.length + 1) * answerGuess;
  const tokens = partition.tokens + parts.length * (beside + answerGuess) + beside;
  const price = prices?.chat;
  const cost = price && costOf(price, { promptTokens: tokens, completionTokens });
  return {
    requests: parts.length + 1,
    tokens,
    ...(cost === undefined ? {} : { cost }),
    files: partition.files,
    parts,
  };
}
