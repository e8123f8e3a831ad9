import { languageOf } from '../languages.ts';
import type { RepositoryPaths } from './imports.ts';
import { dirname } from './paths.ts';

const seeEachOther = new Set(['csharp', 'go', 'java', 'php']);

/**
 * The files that a file sees without importing them, since they share its package or namespace: those of the same
 * language in the same folder, for Java's tests those of the package under test too. None in other languages.
 */
export function siblingsOf(path: string, paths: RepositoryPaths): readonly string[] {
  const language = languageOf(path);
  if (!language || !seeEachOther.has(language)) return [];
  const isGoTest = path.endsWith('_test.go');
  const folder = dirname(path);
  const tested = language === 'java' ? folder.replace(/(^|\/)src\/test\//, '$1src/main/') : folder;
  return [folder, ...(tested === folder ? [] : [tested])].flatMap((each) =>
    paths
      .within(each)
      .filter((file) => file !== path && languageOf(file) === language && (isGoTest || !file.endsWith('_test.go'))),
  );
}
