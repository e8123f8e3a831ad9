import { type DetailLevel, detailLevels } from '../../extension/protocol/inspector.ts';
import type { Row } from './rows.ts';

/** A folder of the pack, with what of it is sent. */
export interface Folder {
  /** Its path; empty for the whole repository. */
  readonly path: string;
  /** The path's end, with the folders above that hold nothing else: `src/main/java`. */
  readonly name: string;
  readonly tokens: number;
  readonly fileCount: number;
  /** The level of most of its tokens. */
  readonly level: DetailLevel | undefined;
  /** Folders and files, those with the most tokens first. */
  readonly children: readonly (Folder | Row)[];
}

/** Whether a part of the tree is a folder. */
export const isFolder = (part: Folder | Row): part is Folder => 'children' in part;

interface Draft {
  readonly folders: Map<string, Draft>;
  readonly files: Row[];
}

const tokensFirst = (a: Folder | Row, b: Folder | Row): number => b.tokens - a.tokens || (a.path < b.path ? -1 : 1);

function levelOfMost(parts: readonly (Folder | Row)[]): DetailLevel | undefined {
  const tokensAt = (level: DetailLevel): number =>
    parts.reduce((sum, part) => sum + (part.level === level ? part.tokens : 0), 0);
  return detailLevels.toSorted((a, b) => tokensAt(b) - tokensAt(a))[0];
}

function finish({ folders, files }: Draft, path: string, name: string): Folder {
  const [only, ...others] = folders;
  if (only && others.length === 0 && files.length === 0 && path !== '') {
    const [next, draft] = only;
    return finish(draft, `${path}/${next}`, `${name}/${next}`);
  }
  const inside = [...folders].map(([next, draft]) => finish(draft, path === '' ? next : `${path}/${next}`, next));
  return {
    path,
    name,
    tokens: [...inside, ...files].reduce((sum, { tokens }) => sum + tokens, 0),
    level: levelOfMost([...inside, ...files]),
    fileCount: inside.reduce((sum, { fileCount }) => sum + fileCount, files.length),
    children: [...inside, ...files].sort(tokensFirst),
  };
}

/** The folders of the files that are in the pack. */
export function foldersOf(rows: readonly Row[]): Folder {
  const root: Draft = { folders: new Map(), files: [] };
  for (const row of rows) {
    if (row.level === undefined) continue;
    let at = root;
    for (const name of row.path.split('/').slice(0, -1)) {
      const next = at.folders.get(name) ?? { folders: new Map(), files: [] };
      at.folders.set(name, next);
      at = next;
    }
    at.files.push(row);
  }
  return finish(root, '', '');
}

/** The folder at a path, or the nearest one above it that there is. */
export function folderAt(root: Folder, path: string): Folder {
  let at = root;
  for (;;) {
    const next = at.children.filter(isFolder).find((each) => path === each.path || path.startsWith(`${each.path}/`));
    if (!next) return at;
    at = next;
  }
}

/** The folders from the root down to one. */
export function wayTo(root: Folder, path: string): Folder[] {
  const way = [root];
  for (let at = root; at.path !== path; ) {
    const next = at.children.filter(isFolder).find((each) => path === each.path || path.startsWith(`${each.path}/`));
    if (!next) break;
    way.push(next);
    at = next;
  }
  return way;
}
