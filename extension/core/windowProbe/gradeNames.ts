import { splitAtTop } from './signature.ts';

const identifierAtEnd = /[A-Za-z_$][\w$]*$/;
const identifier = /^[A-Za-z_$][\w$]*$/;

/** A name without its type, its default, and the marks around it. */
const bare = (part: string): string =>
  part
    .trim()
    .replace(/^(?:[-*•]\s+)?(?:\.\.\.|[*&]+)?/, '')
    .replace(/\s*\??\s*[:=].*$/s, '')
    .replace(/[.。;；)）\]]+$/, '')
    .trim();

const equal = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, i) => each === b[i]);

/** Whether an answer lists names, all of them and no others, in their order; types and defaults may stand beside them. */
export function gradeNames(answer: string, names: readonly string[], asked: string): boolean {
  const text = answer.replaceAll('，', ',').replaceAll('、', ',').trim();
  const marked = [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => bare(name)).filter((name) => name !== asked);
  if (equal(marked, names)) return true;

  const unmarked = text.replaceAll(/[`*"']/g, '');
  // `f(a, b)` and `(a, b)` are the list itself.
  const list = /^[\w$.]*\((.*)\)[^()]*$/s.exec(unmarked)?.[1] ?? unmarked;
  const parts = splitAtTop(list.replace(/\s+(?:and|then)\s+|\s*(?:和|以及|与|及)\s*|\s*&\s+/g, ',')).filter(
    (part) => part.trim() !== '',
  );
  const [first = '', ...rest] = parts;
  // Before the first name there may be words: "The parameters are: price".
  const behindColon = first.slice(first.search(/[:：]/) + 1);
  const heads = [first, behindColon].map((head) => identifierAtEnd.exec(bare(head))?.[0] ?? '');
  const others = rest.map(bare);
  return heads.some((head) => equal([head, ...others], names)) && others.every((other) => identifier.test(other));
}
