/** Terms by number: identifiers as they are written, and pairs of Chinese characters. Numbers count up from 0. */
export interface Vocabulary {
  readonly size: number;
  /** The term's number; a new term gets the next one. */
  add(term: string): number;
  /** The term's number, or undefined where no file has it. */
  find(term: string): number | undefined;
  term(id: number): string;
  /** The number of `text.slice(start, end)`, without making that string where the term is known. */
  addSlice(text: string, start: number, end: number): number;
  /** All terms, in order of their numbers. */
  all(): readonly string[];
}

function equals(term: string, text: string, start: number, end: number): boolean {
  if (term.length !== end - start) return false;
  for (let i = 0; i < term.length; i++) if (term.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
  return true;
}

/** Creates an empty vocabulary. */
export function createVocabulary(): Vocabulary {
  const terms: string[] = [];
  let hashes = new Int32Array(1 << 15);
  // Open addressing with linear probing; a slot holds a term's number plus one. Never more than half full.
  let slots = new Int32Array(1 << 16);

  function grow(): void {
    const larger = new Int32Array(hashes.length * 2);
    larger.set(hashes);
    hashes = larger;
    slots = new Int32Array(slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < terms.length; id++) {
      let slot = (hashes[id] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
  }

  function look(text: string, start: number, end: number, isNew: boolean): number {
    // FNV-1a over UTF-16 units: one multiplication a character, and spread well enough for open addressing.
    let hash = 0x811c9dc5 | 0;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let held = slots[slot] as number; held !== 0; held = slots[slot] as number) {
      if (hashes[held - 1] === hash && equals(terms[held - 1] as string, text, start, end)) return held - 1;
      slot = (slot + 1) & mask;
    }
    if (!isNew) return -1;
    const id = terms.push(copyOf(text, start, end)) - 1;
    hashes[id] = hash;
    slots[slot] = id + 1;
    if (terms.length * 2 >= slots.length) grow();
    return id;
  }

  return {
    get size() {
      return terms.length;
    },
    add: (term) => look(term, 0, term.length, true),
    find: (term) => {
      const id = look(term, 0, term.length, false);
      return id < 0 ? undefined : id;
    },
    term: (id) => terms[id] ?? '',
    addSlice: (text, start, end) => look(text, start, end, true),
    all: () => terms,
  };
}

/** A string with memory of its own: a slice would keep the whole file's text alive. */
function copyOf(text: string, start: number, end: number): string {
  const codes: number[] = [];
  for (let at = start; at < end; at++) codes.push(text.charCodeAt(at));
  return String.fromCharCode(...codes);
}
