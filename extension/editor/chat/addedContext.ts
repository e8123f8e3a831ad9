import * as l10n from '@vscode/l10n';
import type { Attachment } from '../../core/conversation/attachments.ts';
import type { Omission } from '../../core/pack.ts';
import type { ScreenedContext } from './screenedContext.ts';

/** Context that the user has chosen, under one name. */
export interface ChosenContext {
  readonly label: string;
  readonly attachments: readonly Attachment[];
  /** What belongs to it and does not go along, each with its reason in the user's language. */
  readonly leftOut?: readonly Omission[];
}

/** Chosen context that may still have to be read. */
export interface ComingContext {
  readonly label: string;
  read(signal: AbortSignal): Promise<ChosenContext>;
}

/** Chosen context, and what of it goes along once that is known. */
export interface Added {
  readonly id: string;
  readonly label: string;
  readonly screened?: ScreenedContext;
  readonly leftOut: readonly Omission[];
  /** Why nothing of it goes along. */
  readonly refused?: string;
}

/** What the user has added to the next message. */
export interface AddedContext {
  readonly all: readonly Added[];
  add(coming: ComingContext): void;
  remove(id: string): void;
  /** What is there once all of it is read; it is gone from here then. */
  take(): Promise<readonly Attachment[]>;
}

/** Why nothing of a context goes along: the one reason, or that there are several. */
function reasonOf(leftOut: readonly Omission[]): string {
  const reasons = new Set(leftOut.map(({ reason }) => reason));
  const [only] = reasons;
  return only !== undefined && reasons.size === 1 ? only : l10n.t('nothing in it can be sent');
}

/**
 * Creates an empty list. What is added is there at once, and is read and screened after that.
 * @param screen passes attachments through the gate
 * @param explain puts a failure into words for the user
 */
export function createAddedContext(
  screen: (attachments: readonly Attachment[], signal: AbortSignal) => Promise<ScreenedContext>,
  explain: (error: unknown) => string,
  changed: () => void,
): AddedContext {
  let all: readonly Added[] = [];
  const work = new Map<string, { readonly done: Promise<void>; readonly stop: AbortController }>();
  let names = 0;

  const update = (next: Added): void => {
    all = all.map((each) => (each.id === next.id ? next : each));
    changed();
  };

  async function read(id: string, { label, read: readIt }: ComingContext, signal: AbortSignal): Promise<void> {
    try {
      const { attachments, leftOut = [], label: name } = await readIt(signal);
      const screened = await screen(attachments, signal);
      const missing = [...leftOut, ...screened.refused];
      const refused = screened.counted.length === 0 ? { refused: reasonOf(missing) } : {};
      update({ id, label: name, screened, leftOut: missing, ...refused });
    } catch (error) {
      if (!signal.aborted) update({ id, label, leftOut: [], refused: explain(error) });
    }
  }

  function remove(id: string): void {
    work.get(id)?.stop.abort();
    work.delete(id);
    all = all.filter((each) => each.id !== id);
  }

  return {
    get all() {
      return all;
    },
    add(coming) {
      for (const { id, label } of all) if (label === coming.label) remove(id);
      const id = `added ${++names}`;
      const stop = new AbortController();
      all = [...all, { id, label: coming.label, leftOut: [] }];
      work.set(id, { stop, done: read(id, coming, stop.signal) });
      changed();
    },
    remove(id) {
      remove(id);
      changed();
    },
    async take() {
      await Promise.all([...work.values()].map(({ done }) => done));
      const taken = all.flatMap(({ screened }) => screened?.counted ?? []);
      for (const { id } of all) remove(id);
      changed();
      return taken.map(({ attachment }) => attachment);
    },
  };
}
