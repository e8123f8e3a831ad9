import type { ArrivingFile } from '../../../protocol/chat.ts';
import { type Blotted, unblotted } from './blots.ts';
import type { TextEdit } from './edit.ts';
import { createEditParser, type EditEvent } from './editParser.ts';
import { editText } from './editText.ts';
import { hunks } from './hunks.ts';

/** The files of an answer while it arrives. */
export interface ArrivingEdits {
  /** Takes the next part of an answer. */
  push(text: string): void;
  /** An answer has ended; the next one mends what was refused. */
  next(): void;
  /** Resolves when all that was pushed has been looked at. */
  settled(): Promise<void>;
}

/** A file on its way: its text with the edits so far. */
interface Arriving {
  view: ArrivingFile;
  /** Undefined where there is no file. */
  text: string | undefined;
  origin: Blotted | undefined;
}

/** Lines that come and go between two texts. */
function counts(before: string, after: string): { added: number; removed: number } {
  const found = hunks(before, after);
  const sum = (of: 'added' | 'removed') => found.reduce((total, hunk) => total + hunk[of].length, 0);
  return { added: sum('added'), removed: sum('removed') };
}

/**
 * Applies the edits of an answer one by one as they arrive, to tell the user; nothing of it is kept. Each piece of the answer is
 * read once.
 * @param read gives a file's text and what the model was shown of it; undefined where there is none
 * @param changed is told the files in the order in which they came, when one has changed
 */
export function createArrivingEdits(
  read: (path: string) => Promise<Blotted | undefined>,
  changed: (files: readonly ArrivingFile[]) => void,
): ArrivingEdits {
  const files = new Map<string, Arriving>();
  let parser = createEditParser();
  // Events are worked off in their order: reading a file takes time.
  let line: Promise<void> = Promise.resolve();

  const tell = (): void => changed([...files.values()].map(({ view }) => view));

  async function fileAt(path: string): Promise<Arriving> {
    const known = files.get(path);
    if (known) return known;
    const origin = await read(path).catch(() => undefined);
    const view = { path, kind: origin ? 'change' : 'make', added: 0, removed: 0, state: 'writing' } as const;
    const made: Arriving = { view, text: origin?.text, origin };
    files.set(path, made);
    return made;
  }

  function apply(file: Arriving, edit: TextEdit): void {
    const own = unblotted(edit, file.origin ?? { text: '', shown: '' });
    const edited = own && editText(file.text, own);
    if (!edited || !('text' in edited)) {
      file.view = { ...file.view, state: 'refused' };
      return;
    }
    const { added, removed } = counts(file.text ?? '', edited.text);
    file.text = edited.text;
    file.view = {
      ...file.view,
      added: file.view.added + added,
      removed: file.view.removed + removed,
      state: 'applied',
    };
  }

  async function take(event: EditEvent): Promise<void> {
    if (event.type === 'malformed') {
      const { path } = event.malformed;
      if (path === '') return;
      const file = await fileAt(path);
      file.view = { ...file.view, state: 'refused' };
    } else if (event.type === 'begun') {
      const file = await fileAt(event.path);
      file.view = { ...file.view, state: 'writing' };
    } else {
      const { edit } = event;
      const file = await fileAt(edit.path);
      if (edit.kind === 'replace' || edit.kind === 'whole') {
        apply(file, edit);
      } else if (file.text === undefined) {
        file.view = { ...file.view, state: 'refused' };
      } else if (edit.kind === 'delete') {
        const { removed } = counts(file.text, '');
        file.view = { ...file.view, kind: 'delete', added: 0, removed, state: 'applied' };
      } else {
        file.view = { ...file.view, kind: 'rename', to: edit.to, state: 'applied' };
        // Edits that follow name it by its new path.
        files.set(edit.to, file);
        files.delete(edit.path);
      }
    }
    tell();
  }

  function enqueue(events: readonly EditEvent[]): void {
    for (const event of events) line = line.then(() => take(event));
  }

  return {
    push: (text) => enqueue(parser.push(text)),
    next() {
      enqueue(parser.finish());
      parser = createEditParser();
    },
    settled: () => line,
  };
}
