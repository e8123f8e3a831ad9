import * as l10n from '@vscode/l10n';
import type { Hunk } from '../../core/conversation/edits/hunks.ts';
import { type Reviewed, type Verdict, verdictOf } from '../../core/conversation/edits/review.ts';
import type { SyntaxParser } from '../../core/ports.ts';
import type { FileView, HunkView } from '../../protocol/chat.ts';

/** Lines around a hunk that are shown with it, and of a hunk, at the most. */
const around = 2;
const mostLines = 120;

/** Characters of a line that are shown. */
const widest = 300;

/** Problems that are told of a file. */
const mostProblems = 3;

const shown = (sign: string, line: string): string => {
  const text = line.replace(/\r?\n$/, '');
  return sign + (text.length > widest ? `${text.slice(0, widest / 2)} … ${text.slice(-widest / 2)}` : text);
};

function hunkView({ start, removed, added }: Hunk, decision: HunkView['decision'], lines: readonly string[]): HunkView {
  const all = [
    ...lines.slice(Math.max(0, start - around), start).map((line) => shown(' ', line)),
    ...removed.map((line) => shown('-', line)),
    ...added.map((line) => shown('+', line)),
    ...lines.slice(start + removed.length, start + removed.length + around).map((line) => shown(' ', line)),
  ];
  const cut = all.length - mostLines;
  const half = mostLines / 2;
  const kept = cut > 0 ? [...all.slice(0, half), ` ${l10n.t('… {0} lines …', cut)}`, ...all.slice(-half)] : all;
  return { decision, line: start + 1, lines: kept };
}

/** What a change has broken, as far as the syntax tells: lines that did not parse before are no news. */
export async function problemsOf({ change }: Reviewed, syntax: Pick<SyntaxParser, 'faults'>): Promise<string[]> {
  if (change.kind === 'delete') return [];
  const path = change.kind === 'rename' ? change.to : change.path;
  const before = change.kind === 'make' ? '' : change.before;
  const [old, now] = await Promise.all([syntax.faults(path, before), syntax.faults(path, change.after)]);
  const textAt = (text: string, line: number): string => text.split('\n')[line - 1]?.trim() ?? '';
  const known = new Set((old ?? []).map((line) => textAt(before, line)));
  return (now ?? [])
    .filter((line) => !known.has(textAt(change.after, line)))
    .slice(0, mostProblems)
    .map((line) => l10n.t('Line {0} does not parse: {1}', line, textAt(change.after, line).slice(0, 80)));
}

/** What was decided of a file that the sidebar shows, by its parts. */
export const verdictsOf = ({ decision, hunks }: FileView): Verdict[] =>
  hunks.length > 0 ? hunks.map((hunk) => hunk.decision) : [decision === 'partly' ? 'accepted' : decision];

/** One file of a proposal as the sidebar shows it. */
export function fileView({ change, hunks, verdicts }: Reviewed, problems: readonly string[]): FileView {
  const before = change.kind === 'make' ? '' : change.before;
  const lines = before.split(/(?<=\n)/);
  const count = (text: string): number => (text === '' ? 0 : text.replace(/\n$/, '').split('\n').length);
  const whole = {
    make: { added: count(change.kind === 'make' ? change.after : ''), removed: 0 },
    delete: { added: 0, removed: count(before) },
  };
  const sum = (of: 'added' | 'removed') => hunks.reduce((total, hunk) => total + hunk[of].length, 0);
  const counts =
    change.kind === 'make' || change.kind === 'delete'
      ? whole[change.kind]
      : { added: sum('added'), removed: sum('removed') };
  return {
    path: change.path,
    kind: change.kind,
    ...(change.kind === 'rename' ? { to: change.to } : {}),
    ...counts,
    decision: verdictOf(verdicts),
    hunks: hunks.map((hunk, at) => hunkView(hunk, verdicts[at] ?? 'pending', lines)),
    problems,
  };
}
