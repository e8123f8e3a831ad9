import type { Pack } from '../pack.ts';
import type { SourceFile } from './rank.ts';
import { gap } from './section.ts';

/** A contiguous part of a file as it stands in a pack; `firstLine` is its first line's number in the file. */
export interface PackedSource extends SourceFile {
  readonly firstLine: number;
}

/** Reads a pack's text back into the parts of files that it holds. */
export function packedSources(pack: Pack): PackedSource[] {
  const sources: PackedSource[] = [];
  let at = 0;
  for (const { path, ranges, level } of pack.files) {
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
  }
  return sources;
}
