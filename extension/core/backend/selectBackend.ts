import * as l10n from '@vscode/l10n';
import type { Log, Memory, Secrets, Transport } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { Backend } from './backend.ts';
import { BackendError, type BackendErrorKind } from './backendError.ts';
import { createEmbeddedBackend } from './embedded.ts';
import { failure } from './failures.ts';
import { createHostedBackend } from './hosted.ts';
import { createLocalBackend } from './local/localBackend.ts';
import type { LocalServer } from './local/localServer.ts';
import { probeLocal } from './local/probe.ts';
import { defaultUrls } from './local/serverKinds.ts';

/** A backend and why it is the one. */
export interface Selection {
  readonly backend: Backend;
  /** For the status bar, in the user's language. */
  readonly reason: string;
}

/** What selection needs of its host. */
export interface SelectionPorts {
  readonly transport: Transport;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly memory?: Memory;
  /** Names this window to routers in front of the user's own servers. */
  readonly sessionId?: string;
}

/** Milliseconds in which a server on a default port must answer; they are on this machine. */
const lookTimeout = 600;

/** What was found on a default port. */
export interface Found {
  readonly url: string;
  readonly server?: LocalServer;
  /** Why there is none. */
  readonly error?: BackendError;
}

/** Looks at every default port at once. A server that was only found gets no key. */
export async function lookAround(ports: SelectionPorts, model: string, signal: AbortSignal): Promise<readonly Found[]> {
  return Promise.all(
    defaultUrls.map(async (url): Promise<Found> => {
      try {
        return { url, server: await probeLocal(ports.transport, { url, model, timeout: lookTimeout }, signal) };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof BackendError)) throw error;
        ports.log.debug(`${url}: ${error.detail}`);
        return { url, error };
      }
    }),
  );
}

/** The first server on a default port; one that is still loading is waited for. */
async function lookForLocal(
  ports: SelectionPorts,
  model: string,
  signal: AbortSignal,
): Promise<LocalServer | undefined> {
  const found = await lookAround(ports, model, signal);
  const ready = found.find(({ server }) => server)?.server;
  const loading = found.find(({ error }) => error?.kind === 'loading');
  if (ready || !loading) return ready;
  return probeLocal(ports.transport, { url: loading.url, model, waits: true }, signal);
}

async function local(ports: SelectionPorts, settings: Settings['local'], signal: AbortSignal): Promise<Backend> {
  const { url, model } = settings;
  if (url) {
    if (!URL.canParse(url)) throw failure('not-a-model-server', { kind: 'local', origin: url, model }, 'not a URL');
    const apiKey = await ports.secrets.localKey(new URL(url).origin);
    const keyed = apiKey ? { apiKey } : {};
    const server = await probeLocal(ports.transport, { url, model, waits: true, ...keyed }, signal);
    return localBackend(ports, settings, server, keyed);
  }
  const server = await lookForLocal(ports, model, signal);
  if (server) return localBackend(ports, settings, server);
  throw failure(
    'unreachable',
    { kind: 'local', origin: defaultUrls.join(', '), model },
    'nothing on the default ports',
  );
}

/** The backend of a server, with the user's own window for it where one is set. */
function localBackend(
  { transport, sessionId, memory }: SelectionPorts,
  { window }: Settings['local'],
  server: LocalServer,
  keyed: { apiKey?: string } = {},
): Backend {
  const own = window > 0 ? { ...server, window } : server;
  return createLocalBackend(transport, own, {
    ...keyed,
    ...(sessionId ? { sessionId } : {}),
    ...(memory ? { memory } : {}),
  });
}

/** Whether a key sent to this address can be read on the way. */
function isExposed(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol !== 'https:' && !['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

/** The endpoints of the Coding Plan, whose terms name the tools that may use it (glm-protocol.md 1.1, 7.1). */
const isPlan = (url: string): boolean => /\/\/[^/]+\/api\/coding\//.test(url);

async function hosted(ports: SelectionPorts, settings: Settings['hosted']): Promise<Backend> {
  const refused = (kind: BackendErrorKind, summary: string, nextStep: string): BackendError =>
    new BackendError({ kind, summary, nextStep, retryable: false, detail: `hosted: ${settings.url}` });
  if (!URL.canParse(settings.url)) {
    throw refused(
      'request',
      l10n.t('{0} is not a URL.', settings.url),
      l10n.t('Correct the setting "glmCoder.hosted.url".'),
    );
  }
  if (isExposed(settings.url)) {
    throw refused(
      'request',
      l10n.t('{0} would get your API key and code unencrypted.', settings.url),
      l10n.t('Use an https address in the setting "glmCoder.hosted.url".'),
    );
  }
  if (isPlan(settings.url) && !settings.acceptsPlanTerms) {
    throw refused(
      'request',
      l10n.t('The Coding Plan is sold for officially supported tools only; other use may restrict its benefits.'),
      l10n.t('Choose a pay-as-you-go endpoint, or accept that in the setting "glmCoder.hosted.acceptCodingPlanTerms".'),
    );
  }
  const apiKey = await ports.secrets.apiKey(new URL(settings.url).origin);
  if (apiKey) return createHostedBackend(ports.transport, settings, apiKey);
  throw refused(
    'authentication',
    l10n.t('No API key is stored for {0}.', new URL(settings.url).host),
    l10n.t('Enter one with "GLM Coder: Set API Key".'),
  );
}

/**
 * Chooses the backend (DESIGN.md section 5). `auto`: a stored key → hosted; else the local server that the settings
 * name or that listens on a default port; else the embedded matcher.
 * @throws BackendError where the chosen backend cannot be had. `auto` always finds one, but for a local server
 * that the settings name and that is not there: going on without it would hide the mistake.
 */
export async function selectBackend(
  ports: SelectionPorts,
  settings: Settings,
  signal: AbortSignal,
): Promise<Selection> {
  switch (settings.backend) {
    case 'hosted':
      return {
        backend: await hosted(ports, settings.hosted),
        reason: l10n.t('chosen in the settings'),
      };
    case 'local':
      return { backend: await local(ports, settings.local, signal), reason: l10n.t('chosen in the settings') };
    case 'embedded':
      return { backend: createEmbeddedBackend(), reason: l10n.t('chosen in the settings') };
    case 'auto': {
      if (URL.canParse(settings.hosted.url) && (await ports.secrets.apiKey(new URL(settings.hosted.url).origin)))
        return { backend: await hosted(ports, settings.hosted), reason: l10n.t('an API key is stored') };
      if (settings.local.url) {
        return { backend: await local(ports, settings.local, signal), reason: l10n.t('a local server is set') };
      }
      const server = await lookForLocal(ports, settings.local.model, signal);
      if (server)
        return { backend: localBackend(ports, settings.local, server), reason: l10n.t('a local server was found') };
      return { backend: createEmbeddedBackend(), reason: l10n.t('neither an API key nor a local server was found') };
    }
  }
}
