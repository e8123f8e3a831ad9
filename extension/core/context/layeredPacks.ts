import type { Pack, PackedFile, PackRequest } from '../pack.ts';
import type { Packer, Tokenizer } from '../ports.ts';
import { createJournal, type Journal } from './journal.ts';
import { orAborted } from './orAborted.ts';

/** A part of a layered pack: as long as it is the same, a server need not read it again. */
export interface PackPart {
  readonly kind: 'base' | 'journal';
  readonly tokens: number;
}

/** A pack made once, and what was found to be missing since, in the order in which it was found. */
export interface LayeredPack extends Pack {
  /** Where its parts end; the journal only ever grows at its end. */
  readonly parts: readonly PackPart[];
}

/** Packs that stay as they are while the user works, so that prompts begin with the same bytes (DESIGN.md section 2). */
export interface LayeredPacks {
  /** The pack of this folder and budget: made for the first cursor that asks, then only added to. */
  get(request: PackRequest, signal: AbortSignal): Promise<LayeredPack>;
  /** Something was saved, renamed or taken away: what is known may be out of date. */
  changed(): void;
  clear(): void;
}

/**
 * The share of the budget that is kept for the journal. In a large pack a base of the rest finds nearly as much (98.5 % of
 * declarations against 99.0); a small one is cheaper to make anew than to leave half empty.
 */
const journalShare = (budget: number): number => (budget <= 16_000 ? 0.25 : 0.5);

/** The share of the budget that one look around a new place may ask for, and its most in tokens. */
const lookShare = 0.25;
const largestLook = 32_000;

/** Lines that the cursor moves within a file before it is worth looking around again. */
const newPlace = 40;

/** Milliseconds that a request in another file waits for the look around: less than a person needs to find their place. */
const patience = 400;

/** Milliseconds without a request after which the user is taken to be elsewhere, and a journal is worth a new base. */
const idle = 60_000;

/** The share of its room from which a journal is worth that: a new base costs the server one whole prompt. */
const worthCompacting = 0.5;

interface Session {
  readonly base: Pack;
  readonly journal: Journal;
  place: { readonly path: string; readonly line: number };
  stale: boolean;
  looking: Promise<void> | undefined;
  /** True once its successor is being made. */
  isRenewed: boolean;
  /** Ends when the user has paused. */
  pause: ReturnType<typeof setTimeout> | undefined;
}

/** Creates an empty store in front of a packer; packs are made until `lifetime` ends. */
export function createLayeredPacks(
  packer: Pick<Packer, 'pack'>,
  tokenizer: Tokenizer,
  lifetime: AbortSignal,
): LayeredPacks {
  let sessions = new Map<string, Promise<Session>>();

  async function begin(request: PackRequest): Promise<Session> {
    const base = await packer.pack(
      { ...request, budget: Math.floor(request.budget * (1 - journalShare(request.budget))) },
      lifetime,
    );
    const { path = '', line = 1 } = request.cursor ?? {};
    const journal = await createJournal(base);
    return {
      base,
      journal,
      place: { path, line },
      stale: false,
      looking: undefined,
      isRenewed: false,
      pause: undefined,
    };
  }

  /** Packs a little for the new place, and appends what of it is nowhere in the pack yet. */
  async function look(session: Session, request: PackRequest, key: string): Promise<void> {
    const unchanged = !session.stale;
    session.stale = false;
    session.place = { path: request.cursor?.path ?? '', line: request.cursor?.line ?? 1 };
    const budget = Math.min(largestLook, Math.floor(request.budget * lookShare));
    const found = await packer.pack({ ...withoutPins(request), budget, unchanged }, lifetime);
    const missing = await session.journal.missing(found);
    const counts = await tokenizer.count(
      missing.map(({ text }) => text),
      lifetime,
    );
    const room = request.budget - session.base.tokens - session.journal.tokens;
    const added = session.journal.append(missing, counts, room);
    if (added < missing.length) renew(session, request, key);
  }

  /** Compacts a journal once no request has come for a while: the new prompt is then read while nobody waits for it. */
  function compactWhenIdle(session: Session, request: PackRequest, key: string): void {
    clearTimeout(session.pause);
    const room = request.budget - session.base.tokens;
    if (session.journal.tokens < room * worthCompacting) return;
    session.pause = setTimeout(() => {
      if (!lifetime.aborted) renew(session, request, key);
    }, idle);
    session.pause.unref?.();
  }

  /** Makes the next pack for where the user is now; it takes over when it is there. */
  function renew(session: Session, request: PackRequest, key: string): void {
    if (session.isRenewed) return;
    session.isRenewed = true;
    const store = sessions;
    const next = begin(request);
    next.then(
      () => store.set(key, next),
      () => {
        session.isRenewed = false;
      },
    );
  }

  return {
    async get(request, signal) {
      const key = `${request.budget} ${request.root}`;
      let begun = sessions.get(key);
      if (!begun) {
        // The next keystroke abandons this request, not the pack: others wait for it.
        begun = begin(request);
        const store = sessions;
        store.set(key, begun);
        begun.catch(() => store.delete(key));
      }
      const session = await orAborted(begun, signal);
      const { path = '', line = 1 } = request.cursor ?? {};
      const isOtherFile = path !== session.place.path;
      if (!session.looking && (isOtherFile || session.stale || Math.abs(line - session.place.line) > newPlace)) {
        session.looking = look(session, request, key)
          .catch(() => {})
          .finally(() => {
            session.looking = undefined;
          });
      }
      if (isOtherFile && session.looking) await orAborted(atMost(session.looking, patience), signal);
      compactWhenIdle(session, request, key);
      return layered(request.budget, session);
    },
    changed() {
      for (const session of sessions.values())
        session.then(
          (begun) => {
            begun.stale = true;
          },
          () => {},
        );
    },
    clear() {
      for (const session of sessions.values())
        session.then(
          ({ pause }) => clearTimeout(pause),
          () => {},
        );
      sessions = new Map();
    },
  };
}

/** A request for what the base lacks: the pins stand in it already. */
function withoutPins({ steering, ...request }: PackRequest): PackRequest {
  if (!steering) return request;
  const { pinned: _, ...rest } = steering;
  return { ...request, steering: rest };
}

/** Waits for work, but not for longer than so many milliseconds. */
function atMost(work: Promise<void>, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    work.finally(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function layered(budget: number, { base, journal }: Session): LayeredPack {
  const files: readonly PackedFile[] = journal.files.length > 0 ? [...base.files, ...journal.files] : base.files;
  return {
    ...base,
    budget,
    tokens: base.tokens + journal.tokens,
    files,
    text: base.text + journal.text,
    parts: [
      { kind: 'base', tokens: base.tokens },
      { kind: 'journal', tokens: journal.tokens },
    ],
  };
}
