import { readFile } from 'node:fs/promises';
import { acceptAll } from './accepts.ts';
import { typeOnLlama } from './cache.ts';
import type { OracleManner } from './oracle.ts';
import { typeAll } from './session.ts';
import type { Extension } from './stage.ts';
import type { Manner } from './typist.ts';

/** A peer's extension, and the settings with which it asks the oracle. */
export interface Peer {
  /** Path of its VSIX. */
  readonly vsix: string;
  /** Path of a JSON file of settings, in which the value `URL` stands for the oracle's address. */
  readonly settings?: string;
}

const steady: Manner = { perKey: 60, atLineEnd: 500, slipsEvery: 0 };
const departing: Manner = { ...steady, slipsEvery: 5 };
const fast = { first: 150, each: 15 };
const slow = { first: 600, each: 15 };

/** What the figures are held against. */
const bounds = {
  rightShare: 0.96,
  newlineMedian: 60,
  newlineP95: 400,
  requestsPer100Keys: 20,
  wrongShare: 0.01,
  ownP95: 4,
  nextMedian: 50,
  shareFromCache: 0.995,
  evaluatedMedian: 16,
  evaluatedP95: 128,
};

/** The list of words and the parameter hints, as VS Code shows them by itself; nothing of them is taken. */
const withWidgets = {
  'editor.quickSuggestions': { other: 'offWhenInlineCompletions', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': true,
  'editor.parameterHints.enabled': true,
  'editor.acceptSuggestionOnCommitCharacter': false,
};

interface Session {
  readonly oracle: OracleManner;
  readonly manner: Manner;
  readonly settings?: object;
}

/** The sessions by name: how fast the oracle answers, and how the text is typed. */
const sessions: Readonly<Record<string, Session>> = {
  'steady, 150 ms': { oracle: fast, manner: steady },
  'departing, 150 ms': { oracle: fast, manner: departing },
  'steady, 600 ms': { oracle: slow, manner: steady },
  'departing, 600 ms': { oracle: slow, manner: departing },
  'stray brackets, 150 ms': { oracle: { ...fast, straysEvery: 4 }, manner: steady },
  'list of words, 150 ms': { oracle: fast, manner: steady, settings: withWidgets },
};

/** The sessions that a peer types, too. */
const compared = ['steady, 150 ms', 'departing, 150 ms'];

const own = (settings: object = {}): Extension => ({ settings });

/** What can be run by itself. */
const parts: Readonly<Record<string, () => Promise<object>>> = {
  ...Object.fromEntries(
    Object.entries(sessions).map(([name, { oracle, manner, settings }]) => [
      name,
      () => typeAll(oracle, manner, own(settings)),
    ]),
  ),
  accepts: () => acceptAll(fast, own()),
  // What VS Code itself takes on this machine.
  'accepts, floor': () => acceptAll(fast, 'instant'),
  cache: () => typeOnLlama(departing),
};

/**
 * Types real code in real VS Code: against an oracle that knows the text, steadily and with slips, with a fast and a slow
 * model and one that closes brackets too many, and with VS Code's list of words; accepting all that is offered; and against a llama-server for what its
 * cache saves. A peer types the first two sessions as well.
 * @param only names of parts, where not all are wanted.
 * @throws where a part is not known.
 */
export async function typing(only: readonly string[] = Object.keys(parts), peer?: Peer): Promise<object> {
  const report: Record<string, object> = { bounds };
  for (const name of only) {
    const part = parts[name];
    if (!part) throw new Error(`no part is named ${name}; there are: ${Object.keys(parts).join('; ')}`);
    report[name] = await part();
  }
  return peer ? { ...report, peer: await typeAsPeer(peer, only) } : report;
}

async function typeAsPeer({ vsix, settings }: Peer, only: readonly string[]): Promise<object> {
  const extension: Extension = { vsix, settings: settings ? JSON.parse(await readFile(settings, 'utf8')) : {} };
  const report: Record<string, object> = {};
  for (const name of compared) {
    const session = sessions[name];
    if (session && only.includes(name)) report[name] = await typeAll(session.oracle, session.manner, extension);
  }
  return report;
}
