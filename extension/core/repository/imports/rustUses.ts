import { blockComment, slashComment, tokens } from './hidden.ts';

/** A path that a `use` names, and the name that it then has. */
export interface UsedPath {
  readonly path: readonly string[];
  readonly local: string;
}

const token = tokens(
  slashComment,
  blockComment,
  String.raw`(?:r#)?([\w\u0080-\uffff]+)`,
  '::',
  '([{},*])',
  String.raw`(\S)`,
);

/**
 * The paths of a `use` tree such as `a::{b as c, d::{self, *}}`. `self` at an end stands for what it is within. Empty
 * for what is no such tree, as in macros.
 */
export function usedPaths(tree: string): UsedPath[] {
  const found: UsedPath[] = [];
  /** Lengths of the path at each brace that is open. */
  const open: number[] = [];
  let path: string[] = [];
  let alias: string | undefined;
  let isAlias = false;
  let isAfterName = false;

  const take = (): void => {
    const base = open.at(-1) ?? 0;
    if (path.length > base) {
      const used = path.length > 1 && path.at(-1) === 'self' ? path.slice(0, -1) : path;
      found.push({ path: used, local: alias ?? used.at(-1) ?? '' });
    }
    path = path.slice(0, base);
    alias = undefined;
  };

  for (const [all, word, sign, other] of tree.matchAll(token)) {
    // Two words in a row are no path: the statement has not been finished.
    if (other || (word && isAfterName && word !== 'as' && !isAlias)) return [];
    if (word) isAfterName = word !== 'as';
    else if (all === '::' || sign) isAfterName = false;
    if (word === 'as') isAlias = true;
    else if (word && isAlias) {
      alias = word;
      isAlias = false;
    } else if (word) path.push(word);
    else if (sign === '*') path.push('*');
    else if (sign === '{') open.push(path.length);
    else if (sign === ',') take();
    else if (sign === '}') {
      take();
      open.pop();
      // What follows a closed group belongs to the outer one.
      path = path.slice(0, open.at(-1) ?? 0);
    }
  }
  take();
  return found;
}
