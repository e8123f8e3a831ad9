import type { Settings } from '../settings.ts';
import type { Backend } from './backend.ts';
import { checkHosted } from './hostedCheck.ts';
import { probeLocal } from './local/probe.ts';
import { hostedModel, hostedModels, priceAt } from './modelCatalogue.ts';
import { familyOf } from './modelFamilies.ts';
import type { SelectionPorts } from './selectBackend.ts';

/** A model that could answer. */
export interface ModelChoice {
  readonly id: string;
  /** Tokens of prompt and answer together, as far as is known. */
  readonly window: number;
  /** US dollars for a million tokens in and out; undefined where it is not known. */
  readonly price?: { readonly input: number; readonly output: number };
  /** False where thinking cannot be switched off: a poor choice for completions. */
  readonly answersAtOnce: boolean;
}

function hostedChoice(id: string, url: string): ModelChoice {
  const { window, thinking } = hostedModel(id);
  const price = priceAt(url, id);
  return { id, window, answersAtOnce: thinking !== 'always', ...(price ? { price } : {}) };
}

/**
 * The models that the server behind a backend serves: the catalogue, narrowed to and completed by what the hosted API lists
 * where it does, or what a local server lists.
 * @throws BackendError where the server refuses or does not answer.
 */
export async function listModels(
  { transport, secrets }: SelectionPorts,
  kind: Backend['kind'],
  { hosted, local }: Settings,
  origin: string,
  signal: AbortSignal,
): Promise<readonly ModelChoice[]> {
  if (kind === 'embedded') return [];
  if (kind === 'local') {
    const apiKey = await secrets.localKey(origin);
    const url = local.url || origin;
    const server = await probeLocal(transport, { url, model: '', ...(apiKey && local.url ? { apiKey } : {}) }, signal);
    return server.models.map((id) => ({
      id,
      window: id === server.model ? server.window : familyOf(id).window,
      answersAtOnce: true,
    }));
  }
  const apiKey = (await secrets.apiKey(origin)) ?? '';
  const listed = await checkHosted(transport, { url: hosted.url, model: hosted.chatModel, apiKey }, signal);
  const known = listed ? hostedModels.filter((id) => listed.includes(id)) : hostedModels;
  const others = (listed ?? []).filter((id) => !hostedModels.includes(id)).sort();
  return [...known, ...others].map((id) => hostedChoice(id, hosted.url));
}
