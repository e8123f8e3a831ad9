/** Why a path that a model wrote may not be used. */
export type PathProblem =
  | 'empty path'
  | 'absolute path'
  | 'path with a drive letter'
  | 'path with a backslash'
  | 'path outside of the folder'
  | 'path of version control';

/** Names of folders in which version control keeps what it runs and knows, as any file system may read them. */
const versionControl = /^(?:\.(?:git|hg|svn|jj)[. ]*(?::.*)?|git~\d+)$/i;

/** Why a path is not one of a file below the folder, in the one form that we ask for; undefined where it is. */
export function pathProblem(path: string): PathProblem | undefined {
  if (path.trim() === '') return 'empty path';
  if (/^[A-Za-z]:/.test(path)) return 'path with a drive letter';
  if (path.includes('\\')) return 'path with a backslash';
  if (path.startsWith('/')) return 'absolute path';
  if (path.split('/').includes('..')) return 'path outside of the folder';
  if (path.split('/').some((name) => versionControl.test(name))) return 'path of version control';
  return undefined;
}

/** The path without the `./` that some models begin it with. */
export const plainPath = (path: string): string => path.trim().replace(/^(?:\.\/)+/, '');
