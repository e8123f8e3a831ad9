import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { createPorts } from '../../../extension/cli/host.ts';
import { createGlm } from '../../../extension/core/glm.ts';
import { defaultSettings } from '../../../extension/core/settings.ts';
import { startHostedStandin } from '../../support/hostedStandin.ts';
import { makeWorkspace } from '../../support/workspace.ts';

const never = new AbortController().signal;

describe('the window probe, by the core’s one door', () => {
  it('keeps its result for the model, and notes what failed', async () => {
    const standin = await startHostedStandin(() => ({
      status: 400,
      type: 'application/json',
      pieces: ['{"error":{"code":"1261","message":"Prompt exceeds max length: const password = 1"}}'],
    }));
    const workspace = await makeWorkspace({
      'src/many.ts': Array.from({ length: 300 }, (_, i) => `export const limitOfArticle${i} = ${i};\n`).join('\n'),
    });
    const hosted = { ...defaultSettings.hosted, url: standin.url };
    const ports = await createPorts(
      { distribution: resolve('dist'), signal: never },
      { ...defaultSettings, backend: 'hosted', hosted },
    );
    const kept = new Map<string, unknown>();
    const memory = {
      get: (name: string) => kept.get(name),
      set: (name: string, value: unknown) => void kept.set(name, value),
    };
    const secrets = { apiKey: async () => 'key.secret', localKey: async () => undefined };
    const glm = createGlm({ ...ports, memory, secrets });
    assert.deepEqual(glm.windowProbes(), []);
    const { plan, run } = await glm.measureWindow({ root: workspace.folder, fills: [2_000, 4_000] }, never);
    assert.equal(plan.requests, 4);
    await Array.fromAsync(run(never));
    const [probe] = glm.windowProbes();
    assert.equal(probe?.model, defaultSettings.hosted.chatModel);
    assert.equal(probe?.fills.length, 1);
    assert.deepEqual(kept.get('windowProbes'), [probe]);
    assert.deepEqual(
      glm.recentFailures().map(({ kind }) => kind),
      ['overflow'],
    );
    assert.equal(JSON.stringify([probe, glm.recentFailures()]).includes('password'), false);

    // Cancelled before anything was measured, it leaves what is known.
    const stopped = await glm.measureWindow({ root: workspace.folder, fills: [2_000] }, never);
    await Array.fromAsync(stopped.run(AbortSignal.abort()));
    assert.deepEqual(glm.windowProbes(), [probe]);
    glm.dispose();
    await ports.dispose();
    await workspace.dispose();
    await standin.dispose();
  });
});
