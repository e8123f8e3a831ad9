/** What a regular expression is made of; a `one` is asked for a UTF-16 unit. */
export type RegexNode =
  | { readonly kind: 'one'; readonly test: (unit: number) => boolean }
  | { readonly kind: 'all'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'any'; readonly choices: readonly RegexNode[] }
  | { readonly kind: 'times'; readonly part: RegexNode; readonly least: number; readonly most: number }
  | { readonly kind: 'at'; readonly place: Place };

/** Where nothing is consumed: the line's ends, and the edge of a word. */
export type Place = 'start' | 'end' | 'edge' | 'no edge';

/** Thrown for what is no regular expression, or one of a kind that cannot be matched in linear time; its message says which. */
export class RegexSyntaxError extends Error {
  override readonly name = 'RegexSyntaxError';
}

/** Repetitions with a number, at the most: each is written out. */
const mostTimes = 100;
/** Groups within groups. */
const deepest = 50;

type Test = (unit: number) => boolean;

/** Whether a unit belongs to a word. */
export const isWordUnit: Test = (unit) =>
  (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122);
const isDigit: Test = (unit) => unit >= 48 && unit <= 57;
const isSpace: Test = (unit) => unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0 || unit === 0xfeff;
const not =
  (test: Test): Test =>
  (unit) =>
    !test(unit);

const classes: Readonly<Record<string, Test>> = {
  w: isWordUnit,
  W: not(isWordUnit),
  d: isDigit,
  D: not(isDigit),
  s: isSpace,
  S: not(isSpace),
};
const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v', 0: '\0' };

const otherCase = (unit: number): number => {
  const letter = String.fromCharCode(unit);
  const lower = letter.toLowerCase();
  const other = lower === letter ? letter.toUpperCase() : lower;
  return other.length === 1 ? other.charCodeAt(0) : unit;
};

/**
 * Parses JavaScript's regular expressions without back references and looks around, which cannot be matched in linear time.
 * @throws RegexSyntaxError
 */
export function parseRegex(pattern: string, ignoresCase: boolean): RegexNode {
  let at = 0;
  let depth = 0;
  const peek = (): string => pattern[at] ?? '';
  const take = (text: string): boolean => {
    if (!pattern.startsWith(text, at)) return false;
    at += text.length;
    return true;
  };
  const fail = (why: string): never => {
    throw new RegexSyntaxError(why);
  };
  const one = (test: Test): RegexNode => ({
    kind: 'one',
    test: ignoresCase ? (unit) => test(unit) || test(otherCase(unit)) : test,
  });

  function choices(): RegexNode {
    const all = [sequence()];
    while (take('|')) all.push(sequence());
    return all.length === 1 && all[0] ? all[0] : { kind: 'any', choices: all };
  }

  function sequence(): RegexNode {
    const parts: RegexNode[] = [];
    while (at < pattern.length && peek() !== '|' && peek() !== ')') parts.push(repeated(atom()));
    return { kind: 'all', parts };
  }

  function repeated(part: RegexNode): RegexNode {
    const [least, most] = quantifier() ?? [];
    if (least === undefined || most === undefined) return part;
    if (part.kind === 'at') fail('a place cannot be repeated');
    // A reluctant one matches the same lines.
    take('?');
    if (/^[*+?]|^\{\d/.test(pattern.slice(at))) fail('two quantifiers follow each other');
    return { kind: 'times', part, least, most };
  }

  function quantifier(): readonly [least: number, most: number] | undefined {
    if (take('*')) return [0, Number.POSITIVE_INFINITY];
    if (take('+')) return [1, Number.POSITIVE_INFINITY];
    if (take('?')) return [0, 1];
    const [whole, least = '', comma, most = ''] = /^\{(\d+)(,(\d*))?\}/.exec(pattern.slice(at)) ?? [];
    if (whole === undefined) return undefined;
    at += whole.length;
    const from = Number(least);
    const to = comma === undefined ? from : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    if (to < from) fail('the numbers in {} are in the wrong order');
    if (from > mostTimes || (Number.isFinite(to) && to > mostTimes)) fail(`{} repeats more than ${mostTimes} times`);
    return [from, to];
  }

  function atom(): RegexNode {
    const sign = peek();
    at++;
    switch (sign) {
      case '.':
        return one((unit) => unit !== 10);
      case '^':
        return { kind: 'at', place: 'start' };
      case '$':
        return { kind: 'at', place: 'end' };
      case '(':
        return group();
      case '[':
        return one(set());
      case '\\':
        return afterBackslash();
      case '*':
      case '+':
      case '?':
        return fail(`nothing stands before ${sign}`);
      default:
        return literal(sign);
    }
  }

  const literal = (sign: string): RegexNode => {
    const wanted = sign.charCodeAt(0);
    return one((unit) => unit === wanted);
  };

  function group(): RegexNode {
    if (++depth > deepest) fail('groups are nested too deeply');
    if (take('?:') || take('?<')) {
      if (pattern[at - 1] === '<') {
        if (peek() === '=' || peek() === '!') fail('looking behind is not supported');
        at = pattern.indexOf('>', at) + 1 || fail('a name of a group has no end');
      }
    } else if (peek() === '?') fail('looking ahead and flags are not supported');
    const inside = choices();
    if (!take(')')) fail('a bracket is not closed');
    depth--;
    return inside;
  }

  function afterBackslash(): RegexNode {
    const sign = peek();
    if (sign === 'b' || sign === 'B') {
      at++;
      return { kind: 'at', place: sign === 'b' ? 'edge' : 'no edge' };
    }
    return one(escaped());
  }

  /** What stands behind a backslash, in a set or out of it. */
  function escaped(): Test {
    const sign = peek() || fail('a backslash ends it');
    at++;
    const named = classes[sign];
    if (named) return named;
    const [hex] = /^(?:x[\da-f]{2}|u[\da-f]{4})/i.exec(pattern.slice(at - 1)) ?? [];
    if (hex) at += hex.length - 1;
    else if (/[1-9]/.test(sign)) fail('back references are not supported');
    else if (/[a-z]/i.test(sign) && !(sign in controls)) fail(`\\${sign} is not supported`);
    const wanted = hex ? Number.parseInt(hex.slice(1), 16) : (controls[sign] ?? sign).charCodeAt(0);
    return (unit) => unit === wanted;
  }

  function set(): Test {
    const isNot = take('^');
    const tests: Test[] = [];
    let isFirst = true;
    while (isFirst || peek() !== ']') {
      if (at >= pattern.length) fail('a set is not closed');
      isFirst = false;
      // An empty set matches nothing.
      if (peek() === ']') break;
      tests.push(member());
    }
    at++;
    const isIn: Test = (unit) => tests.some((test) => test(unit));
    return isNot ? (unit) => unit !== 10 && !(isIn(unit) || (ignoresCase && isIn(otherCase(unit)))) : isIn;
  }

  function member(): Test {
    const from = end();
    if (peek() !== '-' || pattern[at + 1] === ']' || typeof from !== 'number') return asTest(from);
    at++;
    const to = end();
    if (typeof to !== 'number') return fail('a range ends in a class');
    if (to < from) fail('a range is in the wrong order');
    return (unit) => unit >= from && unit <= to;
  }
  const asTest = (what: number | Test): Test => (typeof what === 'number' ? (unit) => unit === what : what);

  /** One end of a range: a unit, or a class that cannot be one. */
  function end(): number | Test {
    if (at >= pattern.length) fail('a set is not closed');
    const sign = peek();
    at++;
    if (sign !== '\\') return sign.charCodeAt(0);
    if (peek() === 'b') {
      at++;
      return 8;
    }
    const named = classes[peek()];
    const begin = at;
    const test = escaped();
    if (named) return test;
    const text = pattern.slice(begin, at);
    if (/^[xu]/i.test(text) && text.length > 1) return Number.parseInt(text.slice(1), 16);
    return (controls[text] ?? text).charCodeAt(0);
  }

  const node = choices();
  if (at < pattern.length) fail('a bracket is closed that was not opened');
  return node;
}
