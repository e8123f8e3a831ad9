import type { ChatHit, SavedChat } from './chatStore.ts';

/** Finds words in a chat; undefined where one of them is missing. */
type ChatSearch = (chat: SavedChat) => ChatHit | undefined;

/** Characters that a snippet shows before and after the beginning of what was found. */
const before = 40;
const after = 120;

/** What stands around a place. */
function snippetAt(text: string, at: number): string {
  const start = Math.max(0, at - before);
  const end = Math.min(text.length, at + after);
  // A cut may fall into the middle of a character of two parts.
  const cut = text.slice(start, end).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
  return `${start > 0 ? '…' : ''}${cut.replace(/\s+/g, ' ').trim()}${end < text.length ? '…' : ''}`;
}

/**
 * Makes a search for every one of some words, divided by spaces. They are found inside of others too, since Chinese has no
 * spaces. Undefined for no words.
 */
export function createChatSearch(words: string): ChatSearch | undefined {
  const patterns = words
    .split(/\s+/)
    .filter(Boolean)
    // Not by lower case: that may change the length, and with it the place.
    .map((word) => new RegExp(word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu'));
  const [first] = patterns;
  if (!first) return undefined;
  return ({ id, title, turns }) => {
    const texts = [...turns.map(({ turn }) => turn.text), title, ...turns.map(({ turn }) => turn.reasoning)];
    if (!patterns.every((pattern) => texts.some((text) => pattern.test(text)))) return undefined;
    const text = texts.find((each) => first.test(each)) ?? '';
    return { id, snippet: snippetAt(text, text.search(first)) };
  };
}
