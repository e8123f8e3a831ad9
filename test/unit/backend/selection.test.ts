import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { BackendError } from '../../../extension/core/backend/backendError.ts';
import { selectBackend } from '../../../extension/core/backend/selectBackend.ts';
import type { Log } from '../../../extension/core/ports.ts';
import { defaultSettings, type Settings } from '../../../extension/core/settings.ts';
import { createLazyTransport } from '../../../extension/node/lazyTransport.ts';
import { startHostedStandin } from '../../support/hostedStandin.ts';

const transport = createLazyTransport(resolve('dist'));
after(() => transport.dispose());
const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const never = new AbortController().signal;

const select = (settings: Partial<Settings>, keys: { hosted?: string; local?: string; origin?: string } = {}) => {
  const secrets = {
    apiKey: async (origin: string) => (origin === (keys.origin ?? origin) ? keys.hosted : undefined),
    localKey: async () => keys.local,
  };
  return selectBackend({ transport, secrets, log }, { ...defaultSettings, ...settings }, never);
};
const failsAs = (kind: string, words: RegExp) => (error: unknown) =>
  error instanceof BackendError && error.kind === kind && words.test(error.message);

/** A server with the model list of vLLM (glm-protocol.md 4.1). */
const vllm = () =>
  startHostedStandin(({ path }) =>
    path === '/v1/models'
      ? { type: 'application/json', pieces: ['{"data":[{"id":"zai-org/GLM-4.7","max_model_len":202752}]}'] }
      : { status: 404, type: 'application/json', pieces: ['{"detail":"Not Found"}'] },
  );

describe('the choice of a backend', () => {
  it('takes a stored key first', async () => {
    const { backend, reason } = await select({}, { hosted: 'key' });
    assert.equal(backend.kind, 'hosted');
    assert.match(reason, /key is stored/);
  });

  it('takes the server that the settings name, with its own key and never the hosted one', async () => {
    const server = await vllm();
    const local = { url: server.url, model: '', window: 0 };
    const { backend } = await select({ backend: 'local', local }, { hosted: 'hosted-key', local: 'local-key' });
    assert.deepEqual([backend.kind, backend.window, backend.label.startsWith('GLM-4.7 ')], ['local', 202_752, true]);
    await select({ local });
    const sent = server.requests.map(({ headers }) => headers.authorization);
    assert.equal(sent.includes('Bearer local-key'), true);
    assert.equal(sent.join().includes('hosted-key'), false);
    await server.dispose();
  });

  it('says what is missing or wrong, and what to do', async () => {
    await assert.rejects(select({ backend: 'hosted' }), failsAs('authentication', /Set API Key/));
    const hosted = { ...defaultSettings.hosted, url: 'http://gateway.example/v4' };
    await assert.rejects(
      select({ backend: 'hosted', hosted }, { hosted: 'key' }),
      failsAs('request', /unencrypted.*https/),
    );
    const nonsense = { ...defaultSettings.hosted, url: 'not a url' };
    await assert.rejects(
      select({ backend: 'hosted', hosted: nonsense }, { hosted: 'key' }),
      failsAs('request', /hosted\.url/),
    );
    const local = { url: 'also not', model: '', window: 0 };
    await assert.rejects(select({ backend: 'local', local }), failsAs('not-a-model-server', /local\.url/));
  });

  it('asks for a key of its own for every host', async () => {
    const zai = { ...defaultSettings.hosted, url: 'https://api.z.ai/api/paas/v4' };
    const keys = { hosted: 'key', origin: 'https://open.bigmodel.cn' };
    assert.equal((await select({ backend: 'hosted' }, keys)).backend.kind, 'hosted');
    await assert.rejects(select({ backend: 'hosted', hosted: zai }, keys), failsAs('authentication', /api\.z\.ai/));
  });

  it('takes a Coding Plan endpoint only from whoever has read its terms', async () => {
    const plan = { ...defaultSettings.hosted, url: 'https://open.bigmodel.cn/api/coding/paas/v4' };
    await assert.rejects(
      select({ backend: 'hosted', hosted: plan }, { hosted: 'key' }),
      failsAs('request', /supported tools.*acceptCodingPlanTerms/),
    );
    const accepted = { ...plan, acceptsPlanTerms: true };
    const { backend } = await select({ backend: 'hosted', hosted: accepted }, { hosted: 'key' });
    assert.deepEqual([backend.kind, backend.prices], ['hosted', {}]);
  });

  it('is the matcher when it is chosen', async () => {
    const { backend } = await select({ backend: 'embedded' }, { hosted: 'key' });
    assert.deepEqual([backend.kind, backend.writesEdits], ['embedded', false]);
  });
});
