const pieces = /[A-Za-z]+|\d+|[\u3400-\u9fff]+/g;
const humps = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;

/**
 * Splits text into search words in lower case: identifiers by camel case and underscores
 * (`readHttpBody` → read, http, body), runs of Chinese into pairs of characters.
 */
export function words(text: string): string[] {
  const found: string[] = [];
  for (const [piece] of text.matchAll(pieces)) {
    if (piece.charCodeAt(0) > 0x7f) {
      for (let i = 0; i < Math.max(1, piece.length - 1); i++) found.push(piece.slice(i, i + 2));
    } else if (piece.length > 1) {
      for (const [hump] of piece.matchAll(humps)) if (hump.length > 1) found.push(hump.toLowerCase());
    }
  }
  return found;
}

const common = new Set(
  (
    'the and for with that this from what where which when who why how does are was were can you not into have has ' +
    'all any use used using get set let const var return function import export if else in is it of on or to do as at be by an ' +
    'please explain show tell me about code file files repository there here'
  ).split(' '),
);

/** The words of a query that tell files apart, each once, in order of first mention. */
export function queryWords(text: string): string[] {
  return [...new Set(words(text))].filter((word) => !common.has(word));
}
