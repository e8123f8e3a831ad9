/** Which files change together. */
export interface CoChange {
  /** Share of a file's commits, between 0 and 1, that touched each other file too; a lone commit says less than several. */
  with(path: string): ReadonlyMap<string, number>;
}

/** A commit of more files than this is a sweep, and says nothing of what belongs together. */
const sweep = 30;

/** Commits that count as much as what is not known about a file. */
const doubt = 2;

/** Works out what changes together from commits, each a list of paths. */
export function createCoChange(commits: readonly (readonly string[])[]): CoChange {
  const byPath = new Map<string, (readonly string[])[]>();
  for (const paths of commits) {
    if (paths.length < 2 || paths.length > sweep) continue;
    for (const path of paths) {
      const own = byPath.get(path);
      if (own) own.push(paths);
      else byPath.set(path, [paths]);
    }
  }
  return {
    with(path) {
      const own = byPath.get(path) ?? [];
      const shares = new Map<string, number>();
      for (const paths of own)
        for (const other of paths)
          if (other !== path) shares.set(other, (shares.get(other) ?? 0) + 1 / (own.length + doubt));
      return shares;
    },
  };
}
