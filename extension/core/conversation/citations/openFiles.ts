import * as l10n from '@vscode/l10n';
import type { AlikePaths, FileReader, Packer } from '../../ports.ts';
import { largestFile } from '../../repository/leftOut.ts';
import { createSourceText, decodeText, type SourceText } from './sourceText.ts';

/** The folder that an answer is about. */
export interface CitedFolder {
  /** Absolute path. */
  readonly root: string;
  /** Unsaved buffers: text by relative path. */
  readonly overlay: Readonly<Record<string, string>>;
  readonly exclude: readonly string[];
}

/** What places are checked with. */
export interface CheckPorts {
  readonly files: FileReader;
  readonly packer: Pick<Packer, 'screen' | 'alike'>;
}

/** A file that was read, or why it is not. */
export type Opened =
  | {
      readonly source: SourceText;
      /** Texts in it that are secrets; undefined where that could not be told, so that nothing of it may be shown. */
      readonly secrets: readonly string[] | undefined;
    }
  | { readonly refused: string };

/** The files of a folder as one answer needs them: each is read, and passed through the gate, once. */
export interface OpenFiles {
  open(path: string): Promise<Opened>;
  /** Whether a file is there, and its text if the gate lets it pass; cheaper than {@link open}. */
  peek(path: string): Promise<SourceText | undefined>;
  /** Whether there is a file of this path at all, which need not be readable. */
  isThere(path: string): Promise<boolean>;
  /** The files that somebody may mean by a path; none where the folder cannot be listed. */
  alike(path: string): Promise<AlikePaths>;
}

/** Opens files for one answer. */
export function createOpenFiles(
  { root, overlay, exclude }: CitedFolder,
  ports: CheckPorts,
  signal: AbortSignal,
): OpenFiles {
  const { files, packer } = ports;
  const texts = new Map<string, Promise<SourceText | { refused: string }>>();
  const opened = new Map<string, Promise<Opened>>();

  async function read(path: string): Promise<SourceText | { refused: string }> {
    const unsaved = overlay[path];
    if (unsaved !== undefined) return createSourceText(unsaved);
    const content = await files.read(root, path, largestFile);
    if ('refused' in content) return content;
    const text = decodeText(content.bytes);
    return text === undefined ? { refused: l10n.t('binary') } : createSourceText(text);
  }

  function once(path: string): Promise<SourceText | { refused: string }> {
    const known = texts.get(path) ?? read(path);
    texts.set(path, known);
    return known;
  }

  async function pass(path: string): Promise<Opened> {
    const source = await once(path);
    if ('refused' in source) return source;
    const screening = await packer.screen({ root, path, text: source.text, exclude }, signal).catch(() => {
      signal.throwIfAborted();
      return { secrets: undefined };
    });
    return 'refused' in screening ? screening : { source, secrets: screening.secrets };
  }

  return {
    open(path) {
      const known = opened.get(path) ?? pass(path);
      opened.set(path, known);
      return known;
    },
    async peek(path) {
      const source = await once(path);
      return 'refused' in source ? undefined : source;
    },
    async isThere(path) {
      const source = await once(path);
      return !('refused' in source) || source.refused === l10n.t('binary');
    },
    alike(path) {
      return packer.alike({ root, path, exclude }, signal).catch(() => {
        signal.throwIfAborted();
        return { same: [], siblings: [] };
      });
    },
  };
}
