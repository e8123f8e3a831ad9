import * as l10n from '@vscode/l10n';
import { orAborted } from '../context/orAborted.ts';
import type { Settings } from '../settings.ts';
import { BackendError } from './backendError.ts';
import type { FimOrder } from './fimPrompt.ts';
import { checkHosted } from './hostedCheck.ts';
import { createLocalBackend } from './local/localBackend.ts';
import type { LocalServer } from './local/localServer.ts';
import { probeLocal } from './local/probe.ts';
import { serverKinds } from './local/serverKinds.ts';
import { catalogueDate, hostedModel, priceAt } from './modelCatalogue.ts';
import { type Found, lookAround, type SelectionPorts, selectBackend } from './selectBackend.ts';

/** What is there, in plain words and as data. No key is in it. */
export interface Diagnosis {
  /** Whether a model answers with the settings as they are. */
  readonly ok: boolean;
  /** Lines in the user's language. */
  readonly lines: readonly string[];
  readonly backend?: {
    readonly kind: string;
    readonly label: string;
    readonly reason: string;
    readonly window: number;
  };
  readonly servers: readonly (LocalServer | { readonly url: string; readonly failure: string })[];
}

const number = (value: number): string => value.toLocaleString();

/** What a server can do and cannot, a line each. */
function describe(server: LocalServer, order: FimOrder): string[] {
  const { kind, model, models, window, tellsWindow, fim, tokenizer, slots, url } = server;
  const facts = serverKinds[kind];
  const more = models.length > 1 ? l10n.t(' ({0} models are listed)', models.length) : '';
  const fimLines = {
    glm:
      order === 'suffix-first'
        ? l10n.t('Fill in the middle: yes, with GLM tokens; suffix first, so that typing keeps the cache')
        : l10n.t('Fill in the middle: yes, with GLM tokens; prefix first, as this model fills gaps better'),
    codegeex4: l10n.t('Fill in the middle: yes, in the format of CodeGeeX4; suffix, prefix, middle'),
    none: l10n.t('Fill in the middle: no; completions go by chat, which is slower'),
  };
  const cache = {
    always: l10n.t('Tokens from its cache: reported'),
    'with-flag': l10n.t('Tokens from its cache: reported when it is started with {0}', facts.cacheFlag ?? ''),
    never: l10n.t('Tokens from its cache: not reported'),
  };
  return [
    l10n.t('{0} at {1}, model {2}{3}', facts.name, url, model, more),
    tellsWindow
      ? l10n.t('Context window: {0} tokens', number(window))
      : l10n.t('Context window: not told; {0} tokens, as its family has', number(window)),
    ...(kind === 'ollama'
      ? [l10n.t('The context is set to that by us, and a prompt that does not fit is refused')]
      : []),
    fimLines[fim],
    tokenizer
      ? l10n.t('Tokenizer: {0}', tokenizer)
      : l10n.t('Tokenizer: none to ask; counted with cl100k_base, times {0}', server.tokenFactor),
    l10n.t('Reasoning comes in: {0}', facts.reasoningField),
    cache[facts.reportsCache],
    ...(slots === undefined ? [] : [l10n.t('Requests at once: {0}', slots)]),
  ];
}

/** What the hosted API says to the key, and what is known of the model. @throws BackendError where it refuses. */
async function describeHosted(
  { transport, secrets }: SelectionPorts,
  { url, chatModel: model }: Settings['hosted'],
  signal: AbortSignal,
): Promise<string[]> {
  const apiKey = (await secrets.apiKey(new URL(url).origin)) ?? '';
  const models = await checkHosted(transport, { url, model, apiKey }, signal);
  const { window, thinking } = hostedModel(model);
  const price = priceAt(url, model);
  return [
    l10n.t('The API key is accepted.'),
    ...(models && !models.includes(model)
      ? [l10n.t('{0} is not among the models that it lists: {1}', model, models.join(', '))]
      : []),
    l10n.t('Context window: {0} tokens', number(window)),
    ...(thinking === 'always' ? [l10n.t('This model always thinks: its answers begin late.')] : []),
    ...(price
      ? [
          l10n.t(
            'Price on {0}: {1} in, {2} from cache, {3} out, for a million tokens',
            catalogueDate,
            `$${price.input}`,
            `$${price.cached}`,
            `$${price.output}`,
          ),
        ]
      : []),
  ];
}

/** In which order a server's model reads the sides of a gap; it is asked where that is not known yet. */
async function orderOf(
  { transport, secrets, memory }: SelectionPorts,
  server: LocalServer,
  isSet: boolean,
  signal: AbortSignal,
): Promise<FimOrder> {
  // A server that was only found gets no key.
  const apiKey = isSet ? await secrets.localKey(new URL(server.url).origin) : undefined;
  const options = { ...(apiKey ? { apiKey } : {}), ...(memory ? { memory } : {}) };
  return orAborted(createLocalBackend(transport, server, options).fimOrder(), signal);
}

/** What was found where no model server answers, a line. */
function describeFailure(url: string, { kind, summary }: BackendError): string {
  if (kind === 'unreachable') return l10n.t('{0}: nothing', url);
  if (kind === 'not-a-model-server') return l10n.t('{0}: a web server that is no model server', url);
  if (kind === 'authentication') return l10n.t('{0}: a server that asks for an API key, or for another one', url);
  if (kind === 'loading') return l10n.t('{0}: a model server that is still loading its model', url);
  return `${url}: ${summary}`;
}

const startLines = (): string[] => [
  l10n.t('To start one:'),
  '  llama-server -m glm-4.7-flash.gguf -c 131072 --port 8080',
  '  vllm serve zai-org/GLM-4.7-Flash --reasoning-parser glm45 --tool-call-parser glm47 --enable-auto-tool-choice',
  '  ollama run glm-4.7-flash',
  l10n.t('Or store a key: "GLM Coder: Set API Key", on the command line GLM_API_KEY.'),
];

async function look(
  ports: SelectionPorts,
  { url, model }: Settings['local'],
  signal: AbortSignal,
): Promise<readonly Found[]> {
  if (!url) return lookAround(ports, model, signal);
  try {
    const apiKey = URL.canParse(url) ? await ports.secrets.localKey(new URL(url).origin) : undefined;
    return [{ url, server: await probeLocal(ports.transport, { url, model, ...(apiKey ? { apiKey } : {}) }, signal) }];
  } catch (error) {
    if (error instanceof BackendError) return [{ url, error }];
    throw error;
  }
}

/** Looks at what the settings choose and at what else is there. @throws the signal's reason when aborted. */
export async function diagnose(ports: SelectionPorts, settings: Settings, signal: AbortSignal): Promise<Diagnosis> {
  const lines: string[] = [];
  const isLocal = settings.backend === 'local' || settings.backend === 'auto';
  const found = isLocal ? await look(ports, settings.local, signal) : [];
  let ok = false;
  let backend: Diagnosis['backend'];
  try {
    const selection = await selectBackend(ports, settings, signal);
    const { kind, label, window } = selection.backend;
    backend = { kind, label, window, reason: selection.reason };
    lines.push(`${label} (${selection.reason})`);
    if (kind === 'hosted') lines.push(...(await describeHosted(ports, settings.hosted, signal)));
    ok = kind !== 'embedded';
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof BackendError)) throw error;
    lines.push(error.summary, `→ ${error.nextStep}`);
  }
  for (const { url, server, error } of found) {
    if (server) lines.push('', ...describe(server, await orderOf(ports, server, settings.local.url !== '', signal)));
    else if (error && (settings.local.url || error.kind !== 'unreachable')) lines.push('', describeFailure(url, error));
  }
  if (isLocal && !settings.local.url && found.every(({ server }) => !server)) {
    lines.push(
      '',
      l10n.t('No model server was found on the ports {0}.', found.map(({ url }) => new URL(url).port).join(', ')),
    );
    lines.push(...startLines());
  }
  const servers = found.map(({ url, server, error }) => server ?? { url, failure: error?.kind ?? '' });
  return { ok, lines, ...(backend ? { backend } : {}), servers };
}
