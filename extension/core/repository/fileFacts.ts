import { definedNames } from './definedNames.ts';
import { importsOf } from './imports/dispatch.ts';
import { basename } from './imports/paths.ts';
import { languageOf } from './languages.ts';
import type { Terms } from './terms.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What one pass over a file's text tells; the same for the same text and path ending. Plain data, kept on disk. */
export interface FileFacts {
  readonly terms: Terms;
  /** Numbers of the names that it seems to declare. */
  readonly defines: Uint32Array;
  /** Its import statements as JSON: most are never looked at, so they are only parsed where they are. */
  readonly imports: string;
  /** The whole text of a manifest: resolving imports needs it at any time. */
  readonly manifest?: string;
}

/** Files that say how imports are resolved. */
const manifests =
  /^(?:package\.json|[tj]sconfig[\w.-]*\.json|go\.mod|Cargo\.toml|composer\.json|pyproject\.toml|setup\.cfg)$/;

/** Characters of a manifest, at the most. */
const longestManifest = 64 << 10;

/** Reads the facts from a text, in one go of about 40 ms a megabyte. */
export function readFacts(
  path: string,
  text: string,
  count: (text: string) => Terms,
  vocabulary: Vocabulary,
): FileFacts {
  const language = languageOf(path);
  const isManifest = manifests.test(basename(path)) && text.length <= longestManifest;
  return {
    terms: count(text),
    defines: language ? Uint32Array.from(definedNames(text), (name) => vocabulary.add(name)) : new Uint32Array(),
    imports: language ? JSON.stringify(importsOf(language, text)) : '[]',
    ...(isManifest ? { manifest: text } : {}),
  };
}
