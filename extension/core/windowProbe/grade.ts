import { gradeNames } from './gradeNames.ts';
import { gradePlace } from './gradePlace.ts';
import type { Question } from './question.ts';

/** What says that something is not, or not known, and so takes back what stands beside it. */
const denial =
  /\b(?:unknown|not|no|none|neither|cannot|can't|isn't|don't|doesn't)\b|未知|未找到|找不到|不知道|不清楚|不是|不在|并非|没有|无法/i;

/** Places and counts of lines, whose numbers are no values. */
const lineNumbers =
  /\b(?:at\s+)?(?:lines?|L)\s*\d+(?:\s*[-–]\s*\d+)?|第?\s*\d+(?:\s*[-–]\s*\d+)?\s*行|:\d+(?:-\d+)?\b/gi;

const decimal = /(?<![\w.])-?\d+(?:[,_]\d{3})*(?:\.\d+)?(?!\w|\.\d)/g;

/** The answer without what it repeats of the question. */
const without = (answer: string, name: string): string => answer.replaceAll(name, ' ');

function gradeNumber(answer: string, value: number, name: string): boolean {
  const plain = without(answer.normalize('NFKC'), name).replace(lineNumbers, ' ');
  if (denial.test(plain)) return false;
  const numbers = (plain.match(decimal) ?? []).map((each) => Number(each.replace(/[,_]/g, '')));
  return numbers.length > 0 && numbers.every((each) => each === value);
}

const quotations = /"([^"]*)"|'([^']*)'|`([^`]*)`|“([^”]*)”|「([^」]*)」|『([^』]*)』/g;

/** The bare words of an answer: what stands behind "is", "=", "为" or a colon, without the full stop. */
function bareAnswers(answer: string): string[] {
  const plain = answer.replace(/[.。;；,，!！]+$/, '').trim();
  const behind = /(?:^|\s)(?:is|are|=)\s+(.*)$|(?:为|是)\s*(.*)$|[:：]\s*(.*)$/.exec(plain);
  return [plain, behind?.[1] ?? behind?.[2] ?? behind?.[3] ?? plain];
}

function gradeText(answer: string, value: string, name: string): boolean {
  if (answer.trim() === value) return true;
  if (denial.test(without(answer, name).replaceAll(value, ' '))) return false;
  const quoted = [...answer.matchAll(quotations)]
    .map((groups) => groups.slice(1).find((group) => group !== undefined) ?? '')
    // A string within code keeps its own quotes.
    .map((each) => each.replace(/^(["'])(.*)\1$/, '$2'))
    .filter((each) => each !== name);
  if (quoted.length > 0) return quoted.every((each) => each === value);
  return bareAnswers(answer).includes(value);
}

/** What an answer may hold without denying anything by it. */
function deniable({ expected, name }: Question, answer: string): string {
  const right = expected.type === 'place' ? [expected.path] : expected.type === 'names' ? expected.names : [];
  return [...right, name].reduce(without, answer);
}

/**
 * Whether an answer is right. It has to commit itself: who names two values, or says that it is not known, is wrong.
 * `paths` are all that stand in the prompt, so that a file's name alone counts where only one has it.
 */
export function grade(question: Question, answer: string, paths: readonly string[]): boolean {
  const { expected, name } = question;
  switch (expected.type) {
    case 'number':
      return gradeNumber(answer, expected.value, name);
    case 'text':
      return gradeText(answer, expected.value, name);
    case 'place':
      return !denial.test(deniable(question, answer)) && gradePlace(answer, expected, paths);
    case 'names':
      return !denial.test(deniable(question, answer)) && gradeNames(answer, expected.names, name);
  }
}
