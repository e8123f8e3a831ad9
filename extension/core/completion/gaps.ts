import * as l10n from '@vscode/l10n';
import type { Backend, CompletionRequest, Talk } from '../backend/backend.ts';
import type { LayeredPacks } from '../context/layeredPacks.ts';
import type { Pack, Steering } from '../pack.ts';
import { type Packer, type Ports, ReadingStopped } from '../ports.ts';
import { withoutSecrets } from '../repository/secrets/withoutSecrets.ts';
import type { Settings } from '../settings.ts';
import { inlineBudget } from './budget.ts';
import { createFrozenSuffix } from './frozenSuffix.ts';
import type { InlineRequest } from './inlineRequest.ts';
import { closersAfter } from './place.ts';
import { createScreen, type Screen } from './screening.ts';
import { type Surroundings, surroundingsByLine } from './trigger.ts';
import { inlineShares, prefixWindow } from './window.ts';

/** Thrown for files that must not be sent; its message is the reason, for the user. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

/** What a gap is made of. */
export interface GapPorts extends Pick<Ports, 'syntax'> {
  readonly packer: Pick<Packer, 'screen'>;
  readonly packs: LayeredPacks;
  readonly lifetime: AbortSignal;
  /** Tokens a second that a server reads, as measured. */
  readonly speed: (backend: Backend) => number | undefined;
  /** The conversation that the user is taken to go on with. */
  readonly talk: () => Talk | undefined;
  /** The user has stopped the reading of the repository. */
  readonly isReadingStopped: () => boolean;
  /** What the user has decided about a folder's packs. */
  readonly steering?: ((root: string) => Steering | undefined) | undefined;
}

type InlineSettings = Settings['inline'];

/** Makes what backends are asked of what the editor asks. */
export interface Gaps {
  /** @throws NotSent for a file that is ignored or could not be searched for secrets. */
  prepare(
    request: InlineRequest,
    settings: InlineSettings,
    backend: Backend,
    signal: AbortSignal,
  ): Promise<Omit<CompletionRequest, 'mode'>>;
  /** The pack that goes along at a place, unless a conversation does; undefined where the repository is not read. */
  packAt(
    request: InlineRequest,
    settings: InlineSettings,
    backend: Backend,
    signal: AbortSignal,
  ): Promise<Pack | undefined>;
  /** What stands at a place, as the parser knows it or else its line. */
  surroundings(request: InlineRequest): Promise<Surroundings>;
}

/** Milliseconds that a request waits for the parser; parsing a long file takes a tenth of a frame. */
const parserPatience = 30;

/** Characters before the cursor with which a completion is worth asking for. */
const leastPrefix = 4_000;

/** Files whose screening is remembered. */
const mostScreens = 50;

/** Creates the maker of gaps; the suffix of the last place stays the same bytes while one types forward. */
export function createGaps(ports: GapPorts): Gaps {
  const { packs, packer, syntax, lifetime, speed, talk, isReadingStopped, steering = () => undefined } = ports;
  const frozen = createFrozenSuffix();
  const screens = new Map<string, Screen>();

  function screenOf({ root, cursor: { path }, exclude }: InlineRequest): Screen {
    const key = `${root ?? ''} ${path}`;
    const known = screens.get(key);
    if (known) return known;
    const file = { root, path, ...(exclude ? { exclude } : {}) };
    const screen = createScreen((text) => packer.screen({ ...file, text }, lifetime));
    screens.set(key, screen);
    for (const oldest of screens.keys()) {
      if (screens.size <= mostScreens) break;
      screens.delete(oldest);
    }
    return screen;
  }

  /** The pack for a completion; undefined where the user stopped it, or there is no folder. */
  async function packFor(request: InlineRequest, budget: number, signal: AbortSignal): Promise<Pack | undefined> {
    const { root, cursor, prefix, suffix, recent, exclude } = request;
    if (root === undefined || isReadingStopped()) return undefined;
    const overlay = { [cursor.path]: prefix + suffix };
    const steered = steering(root);
    const wish = {
      root,
      cursor,
      budget,
      overlay,
      ...(recent ? { recent } : {}),
      ...(exclude ? { exclude } : {}),
      ...(steered ? { steering: steered } : {}),
    };
    try {
      return await packs.get(wish, signal);
    } catch (error) {
      if (error instanceof ReadingStopped) return undefined;
      throw error;
    }
  }

  /** How the window is shared where the repository goes along. */
  function sharesOf(settings: InlineSettings, backend: Backend) {
    const contextTokens = inlineBudget(backend, settings, speed(backend));
    return inlineShares(backend.window / (backend.tokenFactor ?? 1), { ...settings, contextTokens });
  }

  return {
    packAt: (request, settings, backend, signal) => packFor(request, sharesOf(settings, backend).pack, signal),
    async prepare(request, settings, backend, signal) {
      const { cursor, languageId } = request;
      const text = request.prefix + request.suffix;
      const screening = await screenOf(request)
        .check(text)
        .catch(() => ({ refused: l10n.t('could not be scanned for secrets') }));
      signal.throwIfAborted();
      if ('refused' in screening) throw new NotSent(screening.refused);
      // Before anything is cut: half a secret would be known as none.
      const masked = withoutSecrets(text, screening.secrets);
      const prefix = masked.slice(0, request.prefix.length);
      const suffix = masked.slice(request.prefix.length);
      const factor = backend.tokenFactor ?? 1;
      const current = backend.headOf ? talk() : undefined;
      const left = inlineShares((backend.window - (current?.tokens ?? 0)) / factor, { ...settings, contextTokens: 0 });
      // What the only slot holds is kept, as long as there is room for a gap behind it.
      const head =
        current && left.prefix >= leastPrefix ? await backend.headOf?.(current.conversation, signal) : undefined;
      const shares = head === undefined ? sharesOf(settings, backend) : left;
      const pack = head === undefined ? await packFor(request, shares.pack, signal) : undefined;
      const behind = suffix.slice(closersAfter(suffix).length);
      return {
        ...(pack ? { pack } : {}),
        ...(head === undefined ? {} : { head }),
        path: cursor.path,
        languageId,
        prefix: prefixWindow(prefix, shares.prefix),
        suffix: frozen.of(cursor.path, behind, shares.suffix),
        maxTokens: settings.maxTokens,
      };
    },
    async surroundings({ cursor, languageId, prefix, suffix }) {
      const byLine = surroundingsByLine(languageId, prefix);
      if (!syntax || byLine !== 'code') return byLine;
      const late = new Promise<undefined>((resolve) => setTimeout(resolve, parserPatience));
      return (await Promise.race([syntax.surroundings(cursor.path, prefix + suffix, prefix.length), late])) ?? byLine;
    },
  };
}
