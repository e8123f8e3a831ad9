import { omissionTable } from '../../core/context/omissionTable.ts';
import type { Inspection } from '../../core/inspection.ts';
import type { Pack, Steering } from '../../core/pack.ts';
import { type Decisions, detailLevels, type PackTable, reuses } from '../../protocol/inspector.ts';

/** A pack as the page gets it: no object for each file, so that a large repository costs the host a few milliseconds. */
export function packTable(pack: Pick<Pack, 'files' | 'omitted' | 'omissions'>, reuse: Inspection['reuse']): PackTable {
  const { paths: omitted, reasons: reasonsOut, reasonOf } = pack.omissions ?? omissionTable(pack.omitted);
  const reasons = new Map(reasonsOut.map((reason, number) => [reason, number]));
  const rows = new Map<string, { tokens: number; level: number; reason: number; reuse: number }>();
  for (const [at, { path, tokens, level, reason = '' }] of pack.files.entries()) {
    const number = reasons.get(reason) ?? reasons.size;
    reasons.set(reason, number);
    const reused = reuse ? reuses.indexOf(reuse.files[at] ?? 'new') : -1;
    const known = rows.get(path);
    // What was appended to a pack may be of files that it holds already.
    if (known) {
      known.tokens += tokens;
      known.reuse = Math.max(known.reuse, reused);
    } else rows.set(path, { tokens, level: detailLevels.indexOf(level), reason: number, reuse: reused });
  }
  const all = [...rows.values()];
  return {
    paths: [...rows.keys()].join('\n'),
    tokens: all.map(({ tokens }) => tokens),
    levels: all.map(({ level }) => level),
    reuses: reuse ? all.map((row) => row.reuse) : [],
    omitted,
    reasons: [...reasons.keys()],
    reasonOf: all.map(({ reason }) => reason).concat(reasonOf),
  };
}

/** What was decided, as the page gets it. */
export const decisionsOf = ({ pinned = [], excluded = [], levels = {} }: Steering = {}): Decisions => ({
  pinned: pinned.map(({ path }) => path),
  excluded,
  levels,
});
