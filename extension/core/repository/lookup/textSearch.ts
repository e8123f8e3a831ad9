import ignore from 'ignore';
import type { OrRefused, TextHits, TextQuery } from '../../ports.ts';
import { inSpells } from '../../spells.ts';
import type { Gate } from '../gate.ts';
import type { RepositoryIndex } from '../repositoryIndex.ts';
import { type LineTest, linearRegex } from './linearRegex.ts';

/** Lines found in all and in one file, characters of each, and milliseconds that a search takes, at the most. */
const mostHits = 200;
const mostInFile = 30;
const longestHit = 240;
const patience = 15_000;

/** Characters of a line that are looked at: what is longer is data. */
const longestLine = 20_000;

/** Capitals ask for themselves; without any, upper and lower case are alike. */
const ignoresCase = (text: string): boolean => !/\p{Lu}/u.test(text.replaceAll(/\\./g, ''));

/** A test for lines, and a quick one for whole texts. */
interface Matcher {
  readonly mayHold: LineTest;
  readonly line: LineTest;
}

function matcherOf({ text, isRegex }: TextQuery): Matcher | { readonly wrong: string } {
  if (isRegex) {
    const line = linearRegex(text, ignoresCase(text));
    return typeof line === 'function' ? { mayHold: () => true, line } : line;
  }
  const lower = text.toLowerCase();
  const holds: LineTest = /\p{Lu}/u.test(text)
    ? (where) => where.includes(text)
    : (where) => where.toLowerCase().includes(lower);
  return { mayHold: holds, line: holds };
}

/** Tells the files that a path stands for: a file, a folder, or a pattern as in `.gitignore`. */
function withinPath(path: string | undefined): (file: string) => boolean {
  const plain = (path ?? '').replace(/^\.?\//, '').replace(/\/+$/, '');
  if (plain === '' || plain === '.') return () => true;
  if (!/[*?[\]]/.test(plain)) return (file) => file === plain || file.startsWith(`${plain}/`);
  const rules = ignore().add(plain);
  return (file) => rules.ignores(file);
}

/** A line as it is shown: without its indentation, and what is too long around the middle of a long one. */
function shown(line: string, text: string): string {
  const at = Math.max(0, line.toLowerCase().indexOf(text.toLowerCase()));
  const from = at + text.length > longestHit ? at - longestHit / 2 : 0;
  const part = line.slice(from, from + longestHit).trim();
  return `${from > 0 ? '…' : ''}${part}${from + longestHit < line.length ? '…' : ''}`;
}

/**
 * Searches the files of an index, line by line, in the order of their paths. What is matched is the text without its secrets,
 * so that nobody learns by searching what begins a key.
 */
export async function searchText(
  index: RepositoryIndex,
  gate: Gate,
  query: TextQuery,
  signal: AbortSignal,
): Promise<OrRefused<TextHits>> {
  const matcher = matcherOf(query);
  if ('wrong' in matcher) return { refused: matcher.wrong };
  const isHit = matcher.line;
  const isWithin = withinPath(query.path);
  const files = index.files
    .filter((file) => file !== undefined)
    .filter(({ path }) => isWithin(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const hits: { path: string; line: number; text: string }[] = [];
  const spell = inSpells(signal);
  const until = performance.now() + patience;
  let cut: TextHits['cut'];

  /** Adds the lines of a text that match. */
  async function look(path: string, text: string): Promise<void> {
    const lines = text.split('\n');
    let inFile = 0;
    for (const [at, line] of lines.entries()) {
      if (at % 64 === 0) await spell();
      if (!isHit(line.slice(0, longestLine))) continue;
      if (++inFile > mostInFile || hits.length >= mostHits) {
        cut = 'many';
        return;
      }
      hits.push({ path, line: at + 1, text: shown(line.replace(/\r$/, ''), query.isRegex ? '' : query.text) });
    }
  }

  let searched = 0;
  for (const file of files) {
    await spell();
    if (performance.now() > until) {
      cut = 'slow';
      break;
    }
    if (hits.length >= mostHits) {
      cut = 'many';
      break;
    }
    searched++;
    const raw = await index.text(file);
    if (raw === undefined || !matcher.mayHold(raw)) continue;
    const passed = await gate.pass(file, async () => raw);
    if ('text' in passed) await look(file.path, passed.text);
  }
  return { hits, files: searched, ...(cut ? { cut } : {}) };
}
