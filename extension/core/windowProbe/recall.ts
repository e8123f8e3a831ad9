import type { FillResult, Recall } from '../../protocol/windowProbe.ts';
import { readAnswers } from './answers.ts';
import { grade } from './grade.ts';
import type { Question } from './question.ts';

/** A question, and whether it was answered rightly. */
export interface Graded {
  readonly question: Question;
  readonly isRight: boolean;
}

/** Grades the answers to a list of questions that were asked together. */
export function gradeAll(questions: readonly Question[], text: string, paths: readonly string[]): Graded[] {
  const answers = readAnswers(text, questions.length);
  return questions.map((question, i) => {
    const answer = answers.get(i + 1);
    return { question, isRight: answer !== undefined && grade(question, answer, paths) };
  });
}

const share = (graded: readonly Graded[]): number =>
  graded.filter(({ isRight }) => isRight).length / Math.max(1, graded.length);

/** Sums grades up. */
export function recallOf(graded: readonly Graded[], depths: readonly number[]): Recall {
  const of = (about: Question['about']) => graded.filter(({ question }) => question.about === about);
  const [planted, real] = [of('planted'), of('real')];
  return {
    ...(planted.length > 0 ? { planted: share(planted) } : {}),
    ...(real.length > 0 ? { real: share(real) } : {}),
    all: share(graded),
    questions: graded.length,
    byDepth: depths.map((depth) => {
      const own = graded.filter(({ question }) => question.depth === depth);
      return { depth, recall: share(own), questions: own.length };
    }),
  };
}

/** A fill is as good as the best if it recalls so much of what that does. */
const nearlyAll = 0.95;

/**
 * The largest fill that was measured whole and has a recall within 5 % of the best; undefined where nothing was recalled
 * at all, which tells of a model that does not answer, not of its window.
 */
export function effectiveWindow(fills: readonly FillResult[]): number | undefined {
  const whole = fills.flatMap(({ fill, recall, failure }) =>
    recall && !failure ? [{ fill, recall: recall.all }] : [],
  );
  const best = Math.max(0, ...whole.map(({ recall }) => recall));
  if (best === 0) return undefined;
  return Math.max(...whole.filter(({ recall }) => recall >= best * nearlyAll - 1e-9).map(({ fill }) => fill));
}
