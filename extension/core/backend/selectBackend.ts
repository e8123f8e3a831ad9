import * as l10n from '@vscode/l10n';
import type { Log, Secrets, Transport } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { Backend } from './backend.ts';
import { BackendError, type BackendErrorKind } from './backendError.ts';
import { createEmbeddedBackend } from './embedded.ts';
import { failure } from './failures.ts';
import { createHostedBackend } from './hosted.ts';
import { createLocalBackend } from './local.ts';
import { defaultUrls, type LocalServer, probeLocal } from './localProbe.ts';

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
}

/** Milliseconds in which a server on a default port must answer; they are on this machine. */
const lookTimeout = 600;

/** The first server, in the order of the default ports, that answers as a model server. */
async function lookForLocal(
  ports: SelectionPorts,
  model: string,
  signal: AbortSignal,
): Promise<LocalServer | undefined> {
  const found = await Promise.all(
    defaultUrls.map((url) =>
      probeLocal(ports.transport, url, model, signal, undefined, lookTimeout).catch((error: unknown) => {
        signal.throwIfAborted();
        if (error instanceof BackendError) ports.log.debug(`${url}: ${error.detail}`);
        return undefined;
      }),
    ),
  );
  return found.find((server) => server !== undefined);
}

async function local(ports: SelectionPorts, { url, model }: Settings['local'], signal: AbortSignal): Promise<Backend> {
  if (url) {
    if (!URL.canParse(url)) throw failure('not-a-model-server', { kind: 'local', origin: url, model }, 'not a URL');
    const key = await ports.secrets.localKey(new URL(url).origin);
    return createLocalBackend(ports.transport, await probeLocal(ports.transport, url, model, signal, key), key);
  }
  const server = await lookForLocal(ports, model, signal);
  if (server) return createLocalBackend(ports.transport, server);
  throw failure(
    'unreachable',
    { kind: 'local', origin: defaultUrls.join(', '), model },
    'nothing on the default ports',
  );
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
        return { backend: createLocalBackend(ports.transport, server), reason: l10n.t('a local server was found') };
      return { backend: createEmbeddedBackend(), reason: l10n.t('neither an API key nor a local server was found') };
    }
  }
}
