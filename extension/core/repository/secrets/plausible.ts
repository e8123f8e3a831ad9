/** What people write where a secret would stand. */
const placeholders = [
  /example|sample|change[-_ ]?(?:me|this|it)|your[-_ ]?[a-z]|place[-_ ]?holder|replace|redacted|dummy|insert|hidden/i,
  /x{4}|\*{3}|\.{3}|…|_{4}|-{4}|(.)\1{7}/i,
  /(?<![a-z])(?:test|fake|mock|foo|bar|baz|todo|null|none|undefined)(?![a-z])/i,
  /0?12345678|87654321|abcdef(?:gh|[-_]?0?123)|qwerty/i,
  /\$\{|\$\(|\{\{|<[^<>]{1,40}>|%[A-Z_]{2,40}%|%[sdv]|#\{|@@|^\{.*\}$|^\[.*\]$/,
  /^\$[A-Za-z_]\w*$|^(?:process\.env|import\.meta|os\.environ|System\.getenv|vault|op|ref\+|secretRef|env):?/,
];

/** Not secrets although they look mixed: addresses, paths, calls, types, hashes of files, data, dates. */
const otherThings = [
  /^[a-z][a-z0-9+.-]*:\/\//i,
  /^(?:\.{0,2}|~|@[\w-]+)\/|^[A-Za-z]:\\|\\\\/,
  /^[\w$.]+\(|\)$|=>|[<>]|[;,]$/,
  /^(?:sha(?:1|224|256|384|512)|md5|data|urn|did|arn|h1|blake[23]b)[-:]/i,
  /^\d{4}-\d\d-\d\d|^magnet:|^0x[0-9a-f]{40}$/i,
  /\[-?\d*\]|^\w+=\w/,
  /^(?:[A-Fa-f0-9]{2}[:-]){5,}/,
  /\\[dwsbx]|\\u|\[\^|\(\?/,
];

const turns = /(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])|(?<=[a-z])(?=[A-Z])|[!#$%^&*+@~?]/g;
const longLetters = /[A-Z]?[a-z]{5,}|[A-Z]{5,}/g;
const consonants = /[^aeiouy]{4}|^[^aeiouy]*.[^aeiouy]*$/i;

/** Shannon entropy of a text's characters, in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Whether a value stands for a secret rather than being one. */
export function isPlaceholder(value: string): boolean {
  return placeholders.some((pattern) => pattern.test(value));
}

/** Whether a token whose form already tells what it is was filled in at all: an illustration lost is no loss. */
export function looksIssued(token: string): boolean {
  return entropy(token) >= 2.5 && !/x{6}|\*{3}|\.{3}|…|[<>{}$]/i.test(token);
}

/** Whether a value of a password's name is one that a person made up: words with a number, at least 8 characters. */
export function looksChosen(value: string): boolean {
  if (value.length < 8 || !/^[!-~]+$/.test(value) || /[./\\(){}<>[\]]/.test(value)) return false;
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return !isPlaceholder(value) && !otherThings.some((pattern) => pattern.test(value));
}

/** Whether a value in a place made for passwords (a URL, a .netrc line) is one; short and simple ones count. */
export function looksLikePassword(value: string): boolean {
  if (isPlaceholder(value) || /[{}<>$%]\w*[{}<>]?$|^[$%{<]/.test(value)) return false;
  if (
    /^(?:my|the|some|a)?[-_]?(?:pass(?:word|wd|phrase)?|pwd|secret|token|user(?:name)?|admin|root|guest)\d*$/i.test(
      value,
    )
  )
    return false;
  return classes(value) >= 2 || value.length >= 16;
}

/** Whether a value of unknown form, at least 12 characters, is random rather than words, code or an address. */
export function looksRandom(value: string): boolean {
  if (value.length < 12 || /[^!-~]/.test(value)) return false;
  if (classes(value) < 2 || (value.match(/[A-Za-z]/g)?.length ?? 0) < 3) return false;
  if (isPlaceholder(value) || otherThings.some((pattern) => pattern.test(value))) return false;
  return entropy(value) >= (value.length < 20 ? 2.8 : 3.1) && !isMadeOfWords(value);
}

/** How many of lower case, upper case and digits a value mixes; punctuation is in names and paths as well. */
function classes(value: string): number {
  return Number(/[a-z]/.test(value)) + Number(/[A-Z]/.test(value)) + Number(/\d/.test(value));
}

/**
 * Names and addresses are words: they seldom turn from letters into digits or from lower into upper case, where random
 * characters do so every second or third time. Punctuation that names do not have counts as such a turn.
 */
function isMadeOfWords(value: string): boolean {
  const characters = value.match(/[A-Za-z\d]/g)?.length ?? 0;
  const turned = value.match(turns)?.length ?? 0;
  let inWords = 0;
  for (const [letters] of value.matchAll(longLetters)) if (!consonants.test(letters)) inWords += letters.length;
  return turned <= characters / 5 || inWords >= characters / 2;
}
