import { referencesIn } from '../../../protocol/answerGrammar.ts';
import { createBlockReader, type Sentence } from './blocks.ts';
import type { Place } from './citation.ts';
import { type Claim, claimOfCode, claimOfFence, claimsOfProse, type Strength, unquoted } from './claims.ts';
import { mayBePath } from './placeNames.ts';

/** A place that an answer names once, with what it says stands there. */
export interface Mention {
  readonly place: Place;
  readonly claims: readonly Claim[];
  /** The claims are those of several places. */
  readonly isShared: boolean;
}

/** Finds mentions in an answer that is being written. */
export interface MentionFinder {
  /** Those whose sentence is whole by now. */
  push(text: string): Mention[];
  /** The rest. */
  end(): Mention[];
}

/** Begins to read an answer. */
export function createMentionFinder(): MentionFinder {
  const reader = createBlockReader();
  return {
    push: (text) => reader.push(text).flatMap(mentionsIn),
    end: () => reader.end().flatMap(mentionsIn),
  };
}

/** Words between places, and what they claim. */
interface Stretch {
  text: string;
  readonly claims: Claim[];
}

/** Places that stand side by side, and the words after them. */
interface Group {
  readonly places: Place[];
  readonly isEnclosed: boolean;
}

const codeSpans = /(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g;
/** Nothing but what joins two places. */
const joins =
  /^[\s,，、;；&+/|()（）`*_-]*(?:and|or|to|then|also|plus|和|与|及|以及|还有|或|或者|至|→|->)?[\s,，、(（`*_]*$/i;
/** Characters between two places that stand side by side. */
const longestJoint = 40;
const opens = /[(（[【]\s*[*_`]*\s*$/;

/** Cuts a sentence at its places. */
function split(sentence: string): { stretches: Stretch[]; groups: Group[] } {
  const stretches: Stretch[] = [{ text: '', claims: [] }];
  const groups: Group[] = [];
  const current = (): Stretch => stretches.at(-1) ?? { text: '', claims: [] };

  function place(found: Place): void {
    const { text, claims } = current();
    const last = groups.at(-1);
    if (last && claims.length === 0 && text.length <= longestJoint && joins.test(text)) {
      last.places.push(found);
      stretches.pop();
    } else groups.push({ places: [found], isEnclosed: opens.test(text.slice(-longestJoint)) });
    stretches.push({ text: '', claims: [] });
  }

  function words(text: string, isCode: boolean): void {
    current().text += unquoted(text);
    if (!isCode) current().claims.push(...claimsOfProse(text));
  }

  function run(text: string, isCode: boolean): boolean {
    let from = 0;
    for (const { index, text: whole, place: found } of referencesIn(text, isCode)) {
      if (!mayBePath(found.path)) continue;
      if (index > from) words(text.slice(from, index), isCode);
      place(found);
      from = index + whole.length;
    }
    if (from === 0 && isCode) return false;
    if (from < text.length) words(text.slice(from), isCode);
    return true;
  }

  let from = 0;
  for (const match of sentence.matchAll(codeSpans)) {
    run(sentence.slice(from, match.index), false);
    from = match.index + match[0].length;
    const span = match[2] ?? '';
    if (run(span, true)) continue;
    const claim = claimOfCode(span);
    if (claim) current().claims.push(claim);
    // Stands for a word where words are counted, and for code where languages are told apart.
    current().text += claim ? ' \u0001 ' : ' x ';
  }
  run(sentence.slice(from), false);
  return { stretches, groups };
}

/** Words with which what is named need not stand at the place: it is denied, or an example. */
const negation =
  /\b(?:not|no|never|cannot|without|missing|absent|lacks?|neither|nor|nothing|nowhere|unlike|instead of|rather than|removed|used to|such as|like|similar to)\b|n't\b|没有|没|未|并非|不是|不在|不再|不存在|无|缺少|而非|移除|删除|诸如|类似/i;
/** Words with which nothing is said to be there yet. */
const proposal =
  /\b(?:should|could|would|recommend|suggest|consider|propose|for example|for instance)\b|^[\s*_\d.)-]*(?:add|insert|introduce|create|extract|rename|replace|change|move|remove|delete|wrap|refactor|update|rewrite|modify)\b|应该|应当|建议|最好|改为|改成|替换|重命名|新增一|添加一|例如|比如/i;
/** Words with which a block of code is another than the one at the place. */
const changes =
  /\b(?:change|replace|become|rewrite|fix|new version|instead|like this|update|add)\b|改|替换|修复|新增|添加|如下修改/i;
/** Words that only lead to a place. */
const leadWords =
  /\b(?:see|in|at|from|source|sources|ref|refs|reference|here|and|file|line|lines|as|where)\b|详见|参见|参考|见|来源|位于|出处|在|文件|如/gi;

const weaker = (claims: readonly Claim[], strength: Strength): Claim[] =>
  claims.map((claim) => (claim.strength === 'weak' || strength === claim.strength ? claim : { ...claim, strength }));

/** How many words a stretch has; a Chinese character counts for half of one. */
function length(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han / 2 + (text.match(/[A-Za-z0-9']+/g)?.length ?? 0);
}

/** The mentions in one sentence. Each gets the claims next to it, on the side on which the sentence has them. */
function mentionsIn({ text, before, isRow, fence, fenceAbove }: Sentence): Mention[] {
  const { stretches, groups } = split(text);
  if (groups.length === 0) return [];
  const outside = stretches.map((stretch) => stretch.text).join(' ');
  const isBare = stretches.every(({ claims }) => claims.length === 0) && length(outside.replace(leadWords, ' ')) < 1;
  const isProposed = proposal.test(isBare && before !== undefined ? before : outside);
  const code = codeBeside(isProposed, outside, groups, fence, isBare || length(outside) <= 6 ? fenceAbove : undefined);
  const inherited = isBare && before !== undefined ? inheritedFrom(before) : [];

  return groups.flatMap(({ places }, at) => {
    const near = isRow
      ? rowClaims(stretches, groups)
      : inherited.length > 0
        ? inherited
        : claimsAt(at, stretches, groups);
    const told = isProposed ? weaker(near, 'weak') : near;
    // "A and B (x:1, y:2)": which of them stands where is not said.
    const claims = places.length > 1 && told.length > 1 ? weaker(told, 'weak') : told;
    return places.map((place) => ({ place, claims: code ? [...claims, code] : claims, isShared: places.length > 1 }));
  });
}

function rowClaims(stretches: readonly Stretch[], groups: readonly Group[]): Claim[] {
  const all = stretches.flatMap(({ claims }) => claims);
  const places = groups.reduce((count, group) => count + group.places.length, 0);
  return stretches.some(({ text }) => negation.test(text)) || (places > 1 && all.length > 1)
    ? weaker(all, 'weak')
    : all;
}

/** What the sentence before a bare place claims, unless it has a place of its own. */
function inheritedFrom(before: string): Claim[] {
  const { stretches, groups } = split(before);
  const [stretch] = stretches;
  if (groups.length > 0 || !stretch) return [];
  return negation.test(stretch.text) ? weaker(stretch.claims, 'weak') : stretch.claims;
}

function claimsAt(at: number, stretches: readonly Stretch[], groups: readonly Group[]): Claim[] {
  const [first] = stretches;
  const leads = first?.claims.length === 0 && length(first.text) <= 4 && !groups[0]?.isEnclosed;
  const of = (index: number): Claim[] => {
    const stretch = stretches[index];
    if (!stretch) return [];
    return negation.test(stretch.text) ? weaker(stretch.claims, 'weak') : stretch.claims;
  };
  const isLast = at === groups.length - 1;
  if (leads) {
    const after = of(at + 1);
    return after.length > 0 || at === 0 ? after : of(at);
  }
  const own = of(at);
  if (!isLast) return own;
  const after = of(at + 1);
  if (own.length > 0) return [...own, ...weaker(after, 'weak')];
  const explains = /^[\s*_`)）\]】]*[:：—–-]/.test(stretches[at + 1]?.text ?? '');
  return groups[at]?.isEnclosed && !explains ? weaker(after, 'weak') : after;
}

/** The claim of a block of code that belongs to the one place of a sentence. */
function codeBeside(
  isProposed: boolean,
  words: string,
  groups: readonly Group[],
  below: Sentence['fence'],
  above: Sentence['fence'],
): Claim | undefined {
  const isOne = groups.length === 1 && groups[0]?.places.length === 1;
  const fence = below ?? above;
  if (!isOne || !fence) return undefined;
  const isQuoted = !isProposed && !changes.test(words) && !negation.test(words);
  return claimOfFence(fence.info, fence.text, isQuoted ? 'strong' : 'weak');
}
