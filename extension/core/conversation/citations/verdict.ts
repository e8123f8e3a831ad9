import { withoutSecrets } from '../../repository/secrets/withoutSecrets.ts';
import type { Citation } from './citation.ts';
import { hasIt, judge, type Suits, suits } from './judge.ts';
import type { Mention } from './mentions.ts';
import type { Opened, OpenFiles } from './openFiles.ts';
import { endsLikeSource } from './placeNames.ts';
import { movedReason, reasonOf, reasons } from './reasons.ts';
import type { Rest } from './sourceText.ts';
import { fromTop, literalPath } from './whereabouts.ts';

/** Lines of a preview, and characters of each, at most. */
const previewLines = 12;
const previewWidth = 160;

/** The verdict on one mention of a place; undefined where it is no place: an address with a port, a tag of an image. */
export async function verdictOn(
  { place, claims, isShared }: Mention,
  root: string,
  files: OpenFiles,
  rest: Rest,
): Promise<Citation | undefined> {
  const { path, startLine, endLine } = place;
  const cited = { path, startLine, endLine };
  const wrong = (reason: string): Citation => ({ ...cited, verified: false, status: 'wrong', reason });

  /** The verdict by what stands in a file, which may be another than the cited one. */
  async function inFile(
    at: string,
    opened: Extract<Opened, { source: unknown }>,
    isOtherFile: boolean,
  ): Promise<Citation> {
    const { source, secrets } = opened;
    await rest();
    const finding = await judge(place, claims, source, rest);
    if (finding.status === 'no lines' || finding.status === 'not said') return wrong(reasonOf(finding, place));
    const range =
      finding.status === 'there'
        ? { first: startLine, last: endLine }
        : { first: finding.range.first, last: finding.range.last };
    const shown = secrets && previewOf(source.lines, range.first, range.last, secrets);
    const preview = shown === undefined ? {} : { preview: shown };
    const to = { path: at, startLine: range.first, endLine: range.last };
    if (finding.status === 'there' && !isOtherFile) {
      const isPlain = at === path.replace(/^(?:\.\/)+/, '');
      return { ...cited, verified: true, status: 'verified', ...(isPlain ? {} : { to }), ...preview };
    }
    return { ...cited, verified: false, status: 'moved', to, reason: movedReason(isOtherFile), ...preview };
  }

  /** The one file of several that suits best what the place is cited for, and at least so well. */
  async function bestOf(candidates: readonly string[], least: Suits): Promise<string | undefined> {
    let best: string[] = [];
    let most = least;
    for (const candidate of candidates) {
      const source = await files.peek(candidate);
      const found = source ? await suits(place, claims, source, rest) : 0;
      if (found > most) best = [];
      if (found >= most) best.push(candidate);
      most = found > most ? found : most;
    }
    return best.length === 1 ? best[0] : undefined;
  }

  const literal = literalPath(root, path);
  if (literal === 'outside') {
    const top = fromTop(path);
    const opened = top === undefined ? undefined : await files.open(top);
    if (top !== undefined && opened && 'source' in opened) return inFile(top, opened, false);
    return endsLikeSource(path) ? wrong(reasons.outside()) : undefined;
  }
  const wanted = literal.path;
  const opened = await files.open(wanted);
  if ('source' in opened) return inFile(wanted, opened, false);
  const { same, siblings, omitted } = await files.alike(wanted);
  const isThere = omitted !== undefined || same.includes(wanted) || (await files.isThere(wanted));
  if (isThere) return wrong(reasons.refused(omitted ?? opened.refused));
  const found =
    same.length === 1 ? same[0] : ((await bestOf(same, 1)) ?? (await bestOf(isShared ? [] : siblings, hasIt)));
  const other = found === undefined ? undefined : await files.open(found);
  if (found !== undefined && other && 'source' in other) return inFile(found, other, true);
  if (same.length > 1) return wrong(reasons.several(same.length));
  return same.length === 0 && !endsLikeSource(wanted) ? undefined : wrong(reasons.noFile());
}

/** Some lines of a file as they are shown beside a place: without secrets, long ones cut. */
function previewOf(lines: readonly string[], first: number, last: number, secrets: readonly string[]): string {
  const shown = lines.slice(first - 1, Math.min(last, first + previewLines - 1));
  // Of a secret of several lines, a preview may hold a part.
  const pieces = secrets.flatMap((secret) => secret.split(/\r\n|\n|\r/)).filter((piece) => piece.trim() !== '');
  const safe = withoutSecrets(shown.join('\n'), pieces).split('\n');
  return safe.map((line) => (line.length > previewWidth ? `${line.slice(0, previewWidth - 1)}…` : line)).join('\n');
}
