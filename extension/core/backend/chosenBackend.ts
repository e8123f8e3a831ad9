import type { Log } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { Backend } from './backend.ts';
import { helpsToMove, withFailover } from './failover.ts';
import { type Selection, type SelectionPorts, selectBackend } from './selectBackend.ts';

/** The backend of the settings, once it was found. */
export interface ChosenBackend {
  /** Rejects with a BackendError where none can be chosen. */
  get(): Promise<Selection>;
  /** Has it looked for again: the settings, the key or the servers have changed. */
  forget(): void;
}

/** What a choice is made with. */
export interface ChoicePorts extends SelectionPorts {
  readonly settings: () => Settings;
  readonly log: Log;
  /** Puts around each backend what watches it. */
  readonly watched: (backend: Backend) => Backend;
  /** Told why none was found. */
  readonly failed: (error: unknown) => void;
  readonly lifetime: AbortSignal;
}

/** Milliseconds for which a failed look for a backend is not repeated, so that typing does not hammer a dead port. */
const failureRest = 5_000;

/** Creates a choice, which is made when it is first asked for. */
export function createChosenBackend(ports: ChoicePorts): ChosenBackend {
  const { settings: settingsNow, log, watched, failed, lifetime } = ports;
  let selection: Promise<Selection> | undefined;

  /** The backend of the settings with those behind it that may stand in. */
  async function choose(settings: Settings): Promise<Selection> {
    const find = async (kind: Settings['backend']): Promise<Selection> => {
      const found = await selectBackend(ports, { ...settings, backend: kind }, lifetime);
      return { ...found, backend: watched(found.backend) };
    };
    const standIns = settings.failover.filter((kind) => kind !== settings.backend);
    for (const [at, kind] of [settings.backend, ...standIns].entries()) {
      try {
        const { backend, reason } = await find(kind);
        const others = standIns.slice(at).filter((other) => other !== backend.kind);
        const laterOnes = others.map((other) => async () => (await find(other)).backend);
        return { reason, backend: withFailover(backend, laterOnes) };
      } catch (error) {
        if (at === standIns.length || !helpsToMove(error)) throw error;
        log.warn(`${error.kind}: ${error.detail}`);
      }
    }
    throw new Error('no backend is named');
  }

  return {
    get() {
      if (selection) return selection;
      // Shared by all who wait for it, so it follows the core's lifetime and not one request's signal.
      const mine = choose(settingsNow());
      selection = mine;
      mine.catch((error: unknown) => {
        failed(error);
        setTimeout(() => {
          if (selection === mine) selection = undefined;
        }, failureRest).unref?.();
      });
      return mine;
    },
    forget() {
      selection = undefined;
    },
  };
}
