import { inSpells } from '../../spells.ts';
import { type Citation, keyOf } from './citation.ts';
import { createMentionFinder, type Mention } from './mentions.ts';
import { type CheckPorts, type CitedFolder, createOpenFiles } from './openFiles.ts';
import { verdictOn } from './verdict.ts';

/** Checks the places that an answer cites while it is being written. */
export interface CitationCheck {
  /** Takes in more of the answer. */
  push(text: string): void;
  /** Verdicts that are new, or have changed, since they were asked for last. */
  news(): Citation[];
  /** Takes the answer as whole, and waits for the last verdicts. @throws the signal's reason when aborted. */
  finish(): Promise<Citation[]>;
  /** The answer is interrupted: what comes begins anew, and what was said stays. */
  part(): void;
  /** Forgets what was said since the answer was interrupted last. */
  takeBack(): void;
  /** Forgets all that was said: what comes is another text about the same files. */
  restart(): void;
}

const severity = { verified: 0, moved: 1, wrong: 2 } as const;

/**
 * Begins a check. Files are read once, one after the other, beside the stream. A place that an answer names several times
 * has one verdict, the gravest.
 */
export function createCitationCheck(folder: CitedFolder, ports: CheckPorts, signal: AbortSignal): CitationCheck {
  const files = createOpenFiles(folder, ports, signal);
  const rest = inSpells(signal);
  let finder = createMentionFinder();
  /** Verdicts by place, for each part of the answer. */
  const parts: Map<string, Citation>[] = [new Map()];
  const changed = new Set<string>();
  let work: Promise<void> = Promise.resolve();

  /** The gravest verdict on a place. */
  function standing(key: string): Citation | undefined {
    const all = parts.flatMap((part) => part.get(key) ?? []);
    return all.toSorted((a, b) => severity[b.status] - severity[a.status])[0];
  }

  async function take(part: Map<string, Citation>, mention: Mention): Promise<void> {
    // It was taken back meanwhile.
    if (!parts.includes(part)) return;
    signal.throwIfAborted();
    const verdict = await verdictOn(mention, folder.root, files, rest);
    if (!verdict) return;
    const key = keyOf(verdict);
    const known = part.get(key);
    if (known && severity[known.status] >= severity[verdict.status]) return;
    const before = standing(key);
    part.set(key, verdict);
    if (standing(key) !== before) changed.add(key);
  }

  function check(mentions: readonly Mention[]): void {
    const part = parts.at(-1);
    if (!part) return;
    for (const mention of mentions) work = work.then(() => take(part, mention));
    // Whoever finishes hears of it.
    work.catch(() => {});
  }

  function begin(): void {
    finder = createMentionFinder();
    parts.push(new Map());
  }

  function news(): Citation[] {
    const found = [...changed].flatMap((key) => standing(key) ?? []);
    changed.clear();
    return found;
  }

  return {
    push: (text) => check(finder.push(text)),
    news,
    async finish() {
      check(finder.end());
      await work;
      return news();
    },
    part() {
      check(finder.end());
      begin();
    },
    takeBack() {
      const taken = parts.pop();
      for (const key of taken?.keys() ?? []) changed.add(key);
      begin();
    },
    restart() {
      parts.length = 0;
      changed.clear();
      begin();
    },
  };
}
