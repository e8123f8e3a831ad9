import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultNetwork, type NetworkSettings } from '../core/settings.ts';
import type { HttpTransport } from './httpTransport.ts';

/**
 * A transport that loads the HTTP client at its first request, from the bundle in `distribution`:
 * starting the editor must not pay for it, nor meet undici's side effects.
 */
export function createLazyTransport(
  distribution: string,
  network: () => NetworkSettings = () => defaultNetwork,
): HttpTransport {
  let loading: Promise<HttpTransport> | undefined;

  async function load(): Promise<HttpTransport> {
    const file = pathToFileURL(join(distribution, 'httpTransport.js')).href;
    const { createHttpTransport } = (await import(file)) as typeof import('./httpTransport.ts');
    return createHttpTransport(network);
  }

  return {
    async request(request, signal) {
      loading ??= load();
      return (await loading).request(request, signal);
    },
    async dispose() {
      await (await loading)?.dispose();
    },
  };
}
