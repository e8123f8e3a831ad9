import { lineBefore, type Place } from './place.ts';

/** Remembers what the user did not want at a place, so that it is not brought up again there. */
export interface Refusals {
  refuse(place: Place, text: string): void;
  isRefused(place: Place, text: string): boolean;
  /** Plain data, to be kept: hashes only, no text of the user's. */
  image(): readonly string[];
}

/** Refusals that are remembered. */
const most = 500;

/** A short, stable name for a text (FNV-1a, 53 bits of two halves). */
function hash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return (low >>> 0).toString(36) + (high >>> 0).toString(36);
}

/** A place is known by its file, its line up to the cursor and the line above. */
function nameOf({ path, prefix }: Place, text: string): string {
  const line = lineBefore(prefix);
  const above = prefix.slice(0, prefix.length - line.length).trimEnd();
  const first = text.split('\n').find((each) => each.trim() !== '') ?? '';
  return hash([path, lineBefore(above).trim(), line.trimStart(), first.trim()].join('\n'));
}

/** Creates a memory from what was kept, if it is that. */
export function createRefusals(kept?: unknown): Refusals {
  const known = new Set<string>(
    Array.isArray(kept) ? kept.filter((each) => typeof each === 'string').slice(-most) : [],
  );
  return {
    refuse(place, text) {
      const name = nameOf(place, text);
      known.delete(name);
      known.add(name);
      for (const oldest of known) {
        if (known.size <= most) break;
        known.delete(oldest);
      }
    },
    isRefused: (place, text) => known.has(nameOf(place, text)),
    image: () => [...known],
  };
}
