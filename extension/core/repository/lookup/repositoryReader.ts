import * as l10n from '@vscode/l10n';
import type { FolderRequest, FoundDeclaration, RepositoryReader } from '../../ports.ts';
import type { Gate } from '../gate.ts';
import type { IndexedFile } from '../indexedFile.ts';
import { leftOutByName } from '../leftOut.ts';
import type { Outline } from '../outline.ts';
import type { RepositoryIndex } from '../repositoryIndex.ts';
import { definitionsOf } from './definitions.ts';
import { declarationsLike } from './likeNames.ts';
import { searchText } from './textSearch.ts';

/** The index of a folder, in line with the disk and the unsaved buffers. */
export type UpToDate = (request: FolderRequest, signal: AbortSignal) => Promise<RepositoryIndex>;

/** The declarations of an outline, with how deep they stand. */
function asFound(path: string, outline: Outline): FoundDeclaration[] {
  const depths: number[] = [];
  return outline.map(({ name, kind, startLine, endLine, parent }) => {
    const depth = parent < 0 ? 0 : (depths[parent] ?? 0) + 1;
    depths.push(depth);
    return { path, name, kind, startLine, endLine, depth };
  });
}

/** Creates a reader that sees what packs may hold, and nothing else. */
export function createRepositoryReader(gate: Gate, upToDate: UpToDate): RepositoryReader {
  /** A file's text without its secrets, or why there is none. */
  async function passed(index: RepositoryIndex, path: string) {
    const file = index.find(path);
    if (!file) return { refused: whyMissing(index, path) };
    const text = await gate.pass(file, () => index.text(file));
    return 'refused' in text ? text : { file, text: text.text };
  }

  /** What of a file's declarations still stands there without its secrets. */
  async function declared(index: RepositoryIndex, file: IndexedFile, text: string): Promise<FoundDeclaration[]> {
    return asFound(file.path, await index.outline(file)).filter(({ name }) => text.includes(name));
  }

  return {
    async read(request, signal) {
      const found = await passed(await upToDate(request, signal), request.path);
      return 'refused' in found ? found : { text: found.text };
    },
    search: async (request, signal) => searchText(await upToDate(request, signal), gate, request.query, signal),
    async declarations(request, signal) {
      const index = await upToDate(request, signal);
      const found = await passed(index, request.path);
      return 'refused' in found ? found : { found: await declared(index, found.file, found.text) };
    },
    async definitions(request, signal) {
      const index = await upToDate(request, signal);
      const read = async (file: IndexedFile): Promise<FoundDeclaration[]> => {
        const found = await passed(index, file.path);
        return 'refused' in found ? [] : declared(index, found.file, found.text);
      };
      const find = request.isPart ? declarationsLike : definitionsOf;
      return { found: await find(index, request.name, read, signal) };
    },
  };
}

/** Why a path is no file of the index. */
function whyMissing(index: RepositoryIndex, path: string): string {
  const byName = leftOutByName(path, 0);
  if (byName) return byName;
  const omitted = index.omitted.find((each) => each.path === path);
  return omitted?.reason ?? l10n.t('there is no such file, or version control ignores it');
}
