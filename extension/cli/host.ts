import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Log, Ports } from '../core/ports.ts';
import { type BackendChoice, defaultSettings, hostedEndpoints, type Settings } from '../core/settings.ts';
import { diskFiles } from '../node/diskFiles.ts';
import { createLazyTransport } from '../node/lazyTransport.ts';
import { createNodePacker } from '../node/nodePacker.ts';
import { createLazyTiktoken } from '../node/tiktoken.ts';
import { indexFolder } from '../node/userCache.ts';
import { UsageFailure } from './failureText.ts';

/** What every command gets from `main`. */
export interface Context {
  readonly distribution: string;
  readonly signal: AbortSignal;
}

/** Options of the commands that talk to a backend. */
export interface TalkingOptions {
  readonly backend: string;
  readonly url?: string;
  readonly model?: string;
  readonly json?: boolean;
}

const choices: readonly string[] = ['auto', 'hosted', 'local', 'embedded'] satisfies BackendChoice[];

/** The settings that the options stand for; a URL on its own names a local server. */
export function settingsOf({ backend, url, model }: TalkingOptions): Settings {
  if (!choices.includes(backend)) throw new UsageFailure(l10n.t('--backend is one of {0}.', choices.join(', ')));
  const choice = backend === 'auto' && url ? 'local' : (backend as BackendChoice);
  const { hosted, local } = defaultSettings;
  const address = url?.replace(/\/+$/, '');
  if (address !== undefined && !URL.canParse(address)) throw new UsageFailure(l10n.t('{0} is not a URL.', address));
  return {
    ...defaultSettings,
    backend: choice,
    hosted: {
      ...hosted,
      // Whoever types the plan's address means it.
      acceptsPlanTerms: true,
      url: address ?? hosted.url,
      chatModel: model ?? hosted.chatModel,
      completionModel: model ?? hosted.completionModel,
    },
    local: { ...local, url: address?.replace(/\/v1$/, '') ?? local.url, model: model ?? local.model },
  };
}

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The core's ports on this process: everything works on the main thread, since nobody is typing. */
export async function createPorts(
  { distribution }: Context,
  settings: Settings,
): Promise<Ports & { dispose(): Promise<void> }> {
  const tokenizer = createLazyTiktoken(distribution);
  const transport = createLazyTransport(distribution);
  const packer = createNodePacker({ distribution, indexes: indexFolder() }, tokenizer);
  const { GLM_API_KEY, ZAI_API_KEY, BIGMODEL_API_KEY, GLM_LOCAL_API_KEY } = process.env;
  return {
    transport,
    tokenizer,
    files: diskFiles,
    packer,
    reader: packer.reader,
    settings: () => settings,
    secrets: {
      // A key that is named after a host goes to that host only.
      apiKey: async (origin) =>
        GLM_API_KEY ||
        (origin === new URL(hostedEndpoints.zai).origin && ZAI_API_KEY) ||
        (origin === new URL(hostedEndpoints.bigmodel).origin && BIGMODEL_API_KEY) ||
        undefined,
      localKey: async () => GLM_LOCAL_API_KEY || undefined,
    },
    log: silent,
    dispose: () => transport.dispose(),
  };
}

/** The folder that an argument names. */
export const folder = (dir: string): string => resolve(dir);
