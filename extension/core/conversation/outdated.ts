import { packedSources } from '../context/packedSources.ts';
import type { Pack } from '../pack.ts';

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');

/** Tells of the files of a pack whether it shows them as they are: a prompt's beginning stays what it was when it was made. */
export interface PackedTexts {
  /** The files whose text it shows, each once. */
  readonly paths: readonly string[];
  /** Whether it shows other lines of a file than there are by now. */
  isOutdated(path: string, text: string): boolean;
}

/** Reads what a pack shows. */
export function packedTexts(pack: Pack): PackedTexts {
  const byPath = new Map<string, { readonly firstLine: number; readonly lines: readonly string[] }[]>();
  for (const { path, text, firstLine } of packedSources(pack)) {
    const own = byPath.get(path) ?? [];
    byPath.set(path, own);
    own.push({ firstLine, lines: linesOf(text) });
  }
  const whole = new Set(pack.files.filter(({ level }) => level === 'full').map(({ path }) => path));
  return {
    paths: [...byPath.keys()],
    isOutdated(path, text) {
      const now = linesOf(text.replace(/\r\n?/g, '\n'));
      const shown = byPath.get(path) ?? [];
      const isOther = shown.some(({ firstLine, lines }) =>
        lines.some((line, at) => line.replace(/\r$/, '') !== now[firstLine - 1 + at]),
      );
      const last = shown.at(-1);
      return (
        isOther || (whole.has(path) && last !== undefined && last.firstLine - 1 + last.lines.length !== now.length)
      );
    },
  };
}
