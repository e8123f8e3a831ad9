import type { Pack, PackedFile } from '../pack.ts';
import type { SourceFile } from './rank.ts';
import { gap } from './section.ts';

/** A contiguous part of a file as it stands in a pack; `firstLine` is its first line's number in the file. */
export interface PackedSource extends SourceFile {
  readonly firstLine: number;
}

/** A file's part of a pack, found again in its text. */
interface PackedSpan {
  readonly file: PackedFile;
  /** Where its first heading begins, and where the next file's does, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly sources: readonly PackedSource[];
}

/** Reads a pack's text back, file by file. */
export function* packedSpans(pack: Pick<Pack, 'files' | 'text'>): Generator<PackedSpan> {
  let at = 0;
  for (const file of pack.files) {
    const { path, ranges, level } = file;
    const before = at;
    const sources: PackedSource[] = [];
    // A name has its heading and the mark of a gap, and no lines.
    if (level === 'name') for (let line = 0; line < 2; line++) at = pack.text.indexOf('\n', at) + 1;
    for (const [i, [startLine, endLine]] of ranges.entries()) {
      // Before each range stands its heading, or the mark of a gap within a skeleton.
      if (i === 0 || level !== 'skeleton' || pack.text.startsWith(`${gap}\n`, at)) at = pack.text.indexOf('\n', at) + 1;
      const start = at;
      for (let line = startLine; line <= endLine && at < pack.text.length; line++) {
        const end = pack.text.indexOf('\n', at);
        at = end < 0 ? pack.text.length : end + 1;
      }
      sources.push({ path, text: pack.text.slice(start, at), firstLine: startLine });
    }
    yield { file, start: before, end: at, sources };
  }
}

/** Reads a pack's text back into the parts of files that it holds. */
export function packedSources(pack: Pack): PackedSource[] {
  return [...packedSpans(pack)].flatMap(({ sources }) => sources);
}
