/** Finds the files that a cited path may mean. */

/** A path without `.`, doubled slashes and backslashes; undefined where it leads out of the folder. */
export function normalised(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

const isAbsolute = (path: string): boolean => /^(?:[\\/~]|[A-Za-z]:[\\/])/.test(path);

/** The path in the folder that a cited one means if it is taken at its word. */
export function literalPath(root: string, cited: string): { readonly path: string } | 'outside' {
  const path = cited.replace(/^(?:file:\/\/)/, '');
  if (isAbsolute(path)) {
    const folder = root.replaceAll('\\', '/').replace(/\/+$/, '');
    const full = path.replaceAll('\\', '/');
    const begins = /^[A-Za-z]:/.test(folder)
      ? full.toLowerCase().startsWith(`${folder.toLowerCase()}/`)
      : full.startsWith(`${folder}/`);
    const inside = begins ? normalised(full.slice(folder.length + 1)) : undefined;
    return inside ? { path: inside } : 'outside';
  }
  const inside = normalised(path);
  return inside ? { path: inside } : 'outside';
}

/** Whether a path begins at the top of the folder as some write it, with a slash. */
export const fromTop = (cited: string): string | undefined =>
  /^\/[^/]/.test(cited) ? normalised(cited.slice(1)) : undefined;
