import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WindowProbeResult } from '../../extension/protocol/windowProbe.ts';
import { findLlamaServer, type LlamaServer, startLlamaServer } from '../support/llamaServer.ts';

const program = await findLlamaServer();
const skip = 'unavailable' in program ? `no llama-server: ${program.unavailable}` : false;
if (skip) console.error(`\nENGINE TESTS SKIPPED, ${skip}\n`);

/** Runs the built command line on this repository, which is as real as any. */
async function probe(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [resolve('dist/cli.js'), 'probe', resolve('.'), ...args], {
    env: { PATH: process.env.PATH, LANG: 'C' },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

describe('the window probe on a real llama-server', { skip }, () => {
  let server: LlamaServer;
  before(async () => {
    // Room for 32,000 tokens of ours, the template and the answers.
    if (!('unavailable' in program)) server = await startLlamaServer(program, { context: 34_816 });
  });
  after(() => server?.dispose());

  it('measures speed and cache up to 32K, and what the server counts', async () => {
    const { code, out, err } = await probe([
      '--url',
      server.url,
      '--fill',
      '8000,16000,32000',
      '--seed',
      '5',
      '--json',
    ]);
    assert.equal(code, 0, err);
    const result = JSON.parse(out) as WindowProbeResult;
    assert.equal(result.window, 34_816);
    assert.equal(result.seed, 5);
    assert.deepEqual(
      result.fills.map(({ fill, failure }) => [fill, failure]),
      [
        [8_000, undefined],
        [16_000, undefined],
        [32_000, undefined],
      ],
    );
    for (const { fill, countedTokens, promptTokens = 0, cachedShare = 0, ...times } of result.fills) {
      assert.ok(countedTokens > fill - 100 && countedTokens <= fill);
      // The vocabulary is ours, so that the template makes the whole difference (glm-protocol.md 2.5).
      assert.ok(Math.abs(promptTokens - countedTokens) < 100, `${promptTokens} there, ${countedTokens} here`);
      assert.ok(cachedShare >= 0.9, `${cachedShare} from cache at ${fill}`);
      const { firstTokenCold = 0, firstTokenCached = Number.POSITIVE_INFINITY, tokensPerSecond = 0 } = times;
      assert.ok(firstTokenCached < firstTokenCold / 3, `${firstTokenCold} ms cold, ${firstTokenCached} ms cached`);
      // Told by the server's own clock, which does not see the way there.
      const told = (promptTokens * 1_000) / tokensPerSecond / firstTokenCold;
      assert.ok(told < 1.05 && told > 0.2, `${told} of the time to the first token`);
    }
    console.log(
      result.fills.map(({ fill, firstTokenCold, firstTokenCached, tokensPerSecond, cachedShare }) =>
        JSON.stringify({ fill, firstTokenCold, firstTokenCached, tokensPerSecond, cachedShare }),
      ),
    );
    // The model's words are noise: nothing was right, and that is said.
    assert.equal(result.effectiveWindow, undefined);
    assert.match(result.notes.join(' '), /No answer was right/);
    assert.match(err, /6 requests/);
  });

  it('records that the server refuses a prompt over its window, and ends there', async () => {
    const { code, out } = await probe(['--url', server.url, '--fill', '2000,60000,64000', '--json']);
    assert.equal(code, 0);
    const { fills } = JSON.parse(out) as WindowProbeResult;
    assert.deepEqual(
      fills.map(({ fill, failure }) => [fill, failure !== undefined]),
      [
        [2_000, false],
        [60_000, true],
      ],
    );
    assert.match(fills[1]?.failure ?? '', /longer than the context window/);
  });

  it('prints a table, and says which arguments make no sense', async () => {
    const { out } = await probe(['--url', server.url, '--fill', '2000', '--depths', '50']);
    assert.match(out, /Fill +Tokens there +Planted/);
    assert.match(out, /2,000/);
    assert.match(out, /Effective window: not known, of 34,816 tokens/);
    for (const args of [
      ['--fill', 'many'],
      ['--depths', '120'],
      ['--fill', '8000,,1'],
    ]) {
      const { code, err } = await probe(['--url', server.url, ...args]);
      assert.notEqual(code, 0);
      assert.match(err, /whole numbers from/);
    }
  });
});
