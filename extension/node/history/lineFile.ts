import { constants } from 'node:fs';
import { type FileHandle, open, truncate } from 'node:fs/promises';
import { syncData } from './wholeFile.ts';

/** A file of JSON values, each on a line of its own. */
export interface Lines {
  /** In the order of the file; undefined for a line that is damaged or empty. */
  readonly values: readonly unknown[];
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

/** Bytes of a file that are read, at the most: no history of ours is so large. */
const largest = 256 << 20;

const newline = 0x0a;

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Half-written, or damaged: the lines around it stand for themselves.
    return undefined;
  }
}

/** The values of all lines. Each line is decoded for itself: all of them may be longer than a string can be. */
function valuesOf(bytes: Buffer): unknown[] {
  const values: unknown[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(newline, start);
    const stop = end < 0 ? bytes.length : end;
    values.push(parsed(bytes.toString('utf8', start, stop)));
    start = stop + 1;
  }
  return values;
}

/** Reads a file of lines; undefined where there is none that can be read. Never rejects. */
export async function readLines(file: string): Promise<Lines | undefined> {
  try {
    await using handle = await open(file, 'r');
    const { size, mtimeMs } = await handle.stat();
    if (size > largest) return undefined;
    const bytes = await handle.readFile();
    return { values: valuesOf(bytes), bytes: bytes.length, modified: mtimeMs };
  } catch {
    return undefined;
  }
}

/** Values as the lines of a file. */
export const asLines = (values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** The end of a file of lines. Calls must not overlap. */
export interface LineFile {
  /**
   * Adds lines: all of them, or where it rejects none. A durable one is safe from a power cut.
   * @throws an error of the file system
   */
  append(values: readonly object[], durable: boolean): Promise<void>;
}

/** Whether the last byte of a file belongs to a line whose writer was killed. */
async function endsInHalf(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== newline;
}

/** Opens the end of a file, each time anew: a file that was deleted meanwhile must not swallow lines unseen. */
export function createLineFile(file: string, { create }: { readonly create: boolean }): LineFile {
  const flags = constants.O_RDWR | constants.O_APPEND | (create ? constants.O_CREAT : 0);
  /** Where the file ended before a write that failed in its middle, and could not be taken back yet. */
  let end: number | undefined;

  async function takeBack(): Promise<void> {
    if (end === undefined) return;
    await truncate(file, end);
    end = undefined;
  }

  return {
    async append(values, durable) {
      await takeBack();
      await using handle = await open(file, flags, 0o600);
      const { size } = await handle.stat();
      // A half line stays as it is, alone on its line, and is passed over by whoever reads.
      const gap = (await endsInHalf(handle, size)) ? '\n' : '';
      try {
        await handle.writeFile(gap + asLines(values));
        if (durable) await syncData(handle);
      } catch (error) {
        // The caller comes again with the same lines; those that got through must not stand there twice.
        end = size;
        await takeBack().catch(() => {});
        throw error;
      }
    },
  };
}
