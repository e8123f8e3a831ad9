import type { Vocabulary } from './vocabulary.ts';

/** The terms of a text with their numbers of occurrences, in order of first occurrence. */
export interface Terms {
  readonly ids: Uint32Array;
  /** Occurrences, at most 255. */
  readonly counts: Uint8Array;
  /** Occurrences of all terms together. */
  readonly length: number;
}

const other = 0;
const letter = 1;
const digit = 2;

const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  classes[code] = /[A-Za-z_$]/.test(character) ? letter : /\d/.test(character) ? digit : other;
}

const isHan = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;

/** Longer runs are data, not names. */
const longestTerm = 64;

/** Words of the languages themselves: they stand in every file and tell none apart. */
const keywords = new Set(
  (
    'abstract and as async await base bool boolean break byte case catch char class const constructor continue ' +
    'def default del delete do double elif else elsif end enum except export extends extern false final finally float ' +
    'fn for foreach from func function get global go goto if impl implements import in include instanceof int interface ' +
    'internal is lambda let long match mod module mut namespace new nil none None not null number object of or override ' +
    'package pass private protected pub public raise readonly ref require rescue return self Self set short signed sizeof ' +
    'static string struct super switch template this throw throws trait true True False try type typeof undefined union ' +
    'unknown unless unsafe unsigned use using val var virtual void volatile where while with yield any never it then'
  ).split(' '),
);

/** Counts terms in texts, on one vocabulary. Linear in the text, without a string for each occurrence. */
export function createTermCounter(vocabulary: Vocabulary): (text: string) => Terms {
  for (const word of keywords) vocabulary.add(word);
  // Whatever text comes first, keywords have the lowest numbers.
  const firstTerm = keywords.size;
  let counts = new Uint32Array(1 << 16);

  return (text) => {
    const touched: number[] = [];
    let length = 0;
    const note = (start: number, end: number): void => {
      if (end - start < 2 || end - start > longestTerm) return;
      const id = vocabulary.addSlice(text, start, end);
      if (id < firstTerm) return;
      if (id >= counts.length) {
        const larger = new Uint32Array(Math.max(counts.length * 2, id + 1));
        larger.set(counts);
        counts = larger;
      }
      if (counts[id] === 0) touched.push(id);
      counts[id] = (counts[id] ?? 0) + 1;
      length++;
    };

    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at);
      const start = at;
      if (code < 128 && classes[code] !== letter) {
        at++;
        // A number's letters (0xff, 10px) are no name.
        if (classes[code] === digit) while (at < text.length && (classes[text.charCodeAt(at)] ?? other) !== other) at++;
      } else if (isHan(code)) {
        while (at < text.length && isHan(text.charCodeAt(at))) at++;
        for (let i = start; i + 1 < at; i++) note(i, i + 2);
      } else {
        at++;
        for (; at < text.length; at++) {
          const next = text.charCodeAt(at);
          if (next < 128 ? classes[next] === other : next < 0xc0 || isHan(next)) break;
        }
        note(start, at);
      }
    }

    const ids = Uint32Array.from(touched);
    const found = new Uint8Array(touched.length);
    touched.forEach((id, i) => {
      found[i] = Math.min(255, counts[id] ?? 0);
      counts[id] = 0;
    });
    return { ids, counts: found, length };
  };
}
