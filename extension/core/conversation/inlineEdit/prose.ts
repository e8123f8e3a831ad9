/** Kinds of file in which sentences are what is written. */
const proseLanguages = new Set([
  'markdown',
  'plaintext',
  'latex',
  'tex',
  'restructuredtext',
  'asciidoc',
  'html',
  'git-commit',
]);

const sentence = /^(?:\*\*|[-*>] |\d+\. )?[\p{Lu}\p{Script=Han}"'“‘][^;{}=]*[.!?:。！？：)）*]$/u;
const shortSentence = /^[\p{L}][\p{L}\s',’-]*[.!:]$/u;

/** Whether a line is a sentence to the user, and no code. */
function isSentence(line: string): boolean {
  const text = line.trim();
  if (/^\p{Script=Han}/u.test(text) && text.length >= 4) return /[。！？：:，]/.test(text) || !/[=(){};]/.test(text);
  return shortSentence.test(text) || (sentence.test(text) && text.split(/\s+/).length >= 4);
}

/** How models say that they will not do what they are asked. */
const declines =
  /^(?:i['’]?m sorry|sorry\b|i can(?:not|['’]t)|i am (?:unable|not able)|i don['’]t (?:see|have)|抱歉|对不起|很抱歉|我无法|无法)/i;

/** The code of an answer without a fence: what is left once sentences around it are gone; undefined where none is. */
export function unfencedCode(answer: string, languageId: string): string[] | undefined {
  if (declines.test(answer.trim())) return undefined;
  const lines = answer.split('\n');
  if (proseLanguages.has(languageId)) return answer.trim() === '' ? undefined : lines;
  const isAside = (line: string | undefined): boolean => line !== undefined && (line.trim() === '' || isSentence(line));
  while (lines.length > 0 && isAside(lines[0])) lines.shift();
  while (lines.length > 0 && isAside(lines.at(-1))) lines.pop();
  const filled = lines.filter((line) => line.trim() !== '');
  const sentences = filled.filter(isSentence).length;
  return filled.length === 0 || sentences * 2 > filled.length ? undefined : lines;
}
