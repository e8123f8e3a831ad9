/**
 * A path as files of a repository are named, from how models write it: `./src/a.ts`, `src\a.ts`, `src/../lib/a.ts`. Empty for the
 * root. Says why where it leads out of the repository; whether there is such a file is not asked.
 */
export function relativePath(text: string): { readonly path: string } | { readonly wrong: string } {
  const path = text
    .trim()
    .replace(/^[`'"]+|[`'"]+$/g, '')
    .replaceAll('\\', '/');
  if (/^[a-z][\w+.-]+:\/\//i.test(path)) return { wrong: 'path must be a path, not an address.' };
  if (/^(?:\/|~|[a-z]:)/i.test(path)) return { wrong: "path must be relative to the repository's root." };
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return { wrong: 'path leads out of the repository.' };
  }
  return { path: parts.join('/') };
}
