const folders = (path: string): string[] => path.split('/').slice(0, -1);

/** Steps from one file's folder to the other's, up and down the tree. */
export function pathDistance(a: string, b: string): number {
  const from = folders(a);
  const to = folders(b);
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  return from.length + to.length - 2 * shared;
}

function depth(path: string): number {
  let count = 0;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) count++;
  return count;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const front = (path: string): number =>
  /^(README|package\.json|pyproject\.toml|go\.mod|Cargo\.toml|pom\.xml)/i.test(path) ? 0 : 1;

/** Orders paths as a newcomer reads a repository: its front page and manifest, then from the top down. */
export function byReadingOrder(a: string, b: string): number {
  return front(a) - front(b) || depth(a) - depth(b) || compare(a, b);
}
