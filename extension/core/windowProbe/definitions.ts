import { lineOutline } from '../repository/lineOutline.ts';
import type { Declaration, Outline } from '../repository/outline.ts';
import { inSpells } from '../spells.ts';
import type { Passage } from './haystack.ts';
import type { Question } from './question.ts';
import { assignedLiteral, type Literal, parametersOf } from './signature.ts';

/** A question about one of the repository's own definitions; the line is 1-based. */
export interface RealQuestion {
  readonly path: string;
  readonly line: number;
  readonly question: Omit<Question, 'depth' | 'about'>;
}

/** Letters that a name must have to be asked about: `i` and `run` stand everywhere. */
const shortest = 5;

/** A name of more than one word, or a long one: others are local variables elsewhere, so that their place is not one. */
const telling = /[a-z\d][A-Z]|._.|^.{9}/;

/** Lines by which the place of a definition may be missed: models do not count well. */
export const tolerance = 10;

/** A path that an answer can repeat without doubt. */
const askable = /^[\w.@+/-]*\w\.[A-Za-z]\w*$/;

const identifier = /^[A-Za-z_$][\w$]*$/;

const kinds: ReadonlySet<Declaration['kind']> = new Set(['class', 'enum', 'function', 'interface', 'type', 'variable']);

const expectedOf = (literal: Literal): Question['expected'] =>
  literal.type === 'number' ? { type: 'number', value: literal.value } : { type: 'text', value: literal.value };

/** What can be asked about one definition and checked by machine, the most telling first. */
function about(path: string, { kind, name, nameLine, headEnd }: Declaration, lines: readonly string[]) {
  const questions: Omit<Question, 'depth' | 'about'>[] = [];
  if (kind === 'variable') {
    const literal = assignedLiteral(name, lines[nameLine - 1] ?? '');
    if (literal)
      questions.push({ name, text: `In ${path}, what value is \`${name}\` set to?`, expected: expectedOf(literal) });
  }
  if (kind === 'function') {
    const parameters = parametersOf(path, name, lines.slice(nameLine - 1, headEnd).join('\n')) ?? [];
    const withDefault = parameters.find(({ literal }) => literal);
    if (withDefault?.literal) {
      const text = `In ${path}, what is the default value of the parameter \`${withDefault.name}\` of \`${name}\`?`;
      questions.push({ name, text, expected: expectedOf(withDefault.literal) });
    }
    if (parameters.length >= 2 && parameters.length <= 6) {
      const names = parameters.map((parameter) => parameter.name);
      const text = `In ${path}, what are the names of the parameters of \`${name}\`, in their order?`;
      questions.push({ name, text, expected: { type: 'names', names } });
    }
  }
  if (telling.test(name)) {
    const expected = { type: 'place', path, line: nameLine, tolerance } as const;
    questions.push({ name, text: `Where is \`${name}\` defined?`, expected });
  }
  return questions;
}

/**
 * What can be asked about a repository: its definitions at the top of a file whose name is declared once in all of it. Their
 * outline is the one of `lineOutline.ts`, which needs no parser.
 */
export async function realQuestions(haystack: readonly Passage[], signal: AbortSignal): Promise<RealQuestion[]> {
  const spell = inSpells(signal);
  const declared = new Map<string, number>();
  const outlines: { readonly passage: Passage; readonly outline: Outline }[] = [];
  for (const passage of haystack) {
    await spell();
    const outline = lineOutline(passage.lines.join('\n'));
    outlines.push({ passage, outline });
    for (const { name } of outline) declared.set(name, (declared.get(name) ?? 0) + 1);
  }
  const isAskable = ({ kind, name, parent }: Declaration): boolean =>
    kinds.has(kind) && parent === -1 && declared.get(name) === 1 && name.length >= shortest && identifier.test(name);
  const questions: RealQuestion[] = [];
  for (const { passage, outline } of outlines) {
    await spell();
    const { path, lines } = passage;
    if (!askable.test(path)) continue;
    for (const declaration of outline.filter(isAskable)) {
      for (const question of about(path, declaration, lines))
        questions.push({ path, line: declaration.nameLine, question });
    }
  }
  return questions;
}
