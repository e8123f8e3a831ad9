import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

/** What of the file system tells where a path really leads. */
export interface PathReader {
  /** The path without symbolic links, each name as it is on disk. Rejects where there is nothing. */
  realpath(path: string): Promise<string>;
  /** Whether something has this name, be it a link that leads nowhere. */
  isThere(path: string): Promise<boolean>;
}

const disk: PathReader = {
  realpath,
  isThere: (path) =>
    lstat(path).then(
      () => true,
      () => false,
    ),
};

/**
 * Whether a path, relative to a folder and with `/`, really stays inside it: no symbolic link on its way leads out, and on a
 * file system that takes upper and lower case for the same, it is written as on disk. What is not there yet is judged by the
 * folder that it would be made in.
 */
export async function staysInside(root: string, path: string, reader: PathReader = disk): Promise<boolean> {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (names.includes('..') || isAbsolute(path)) return false;
  try {
    const folder = await reader.realpath(root);
    for (let known = names.length; known >= 0; known--) {
      const asked = names.slice(0, known);
      const place = join(root, ...asked);
      const real = await reader.realpath(place).catch(() => undefined);
      if (real !== undefined) return leadsTo(relative(folder, real), asked.join(sep));
      // A link to what is not there: writing to it would make a file wherever it points.
      if (await reader.isThere(place)) return false;
    }
  } catch {
    // A folder that cannot be read holds nothing.
  }
  return false;
}

function leadsTo(inside: string, asked: string): boolean {
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return false;
  return inside === asked || inside.toLowerCase() !== asked.toLowerCase();
}
