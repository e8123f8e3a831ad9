import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Backend, StreamEvent } from '../../../extension/core/backend/backend.ts';
import { createFailureRing } from '../../../extension/core/backend/failureRing.ts';
import { failure } from '../../../extension/core/backend/failures.ts';
import { type Private, redact } from '../../../extension/core/diagnostics/redact.ts';
import { redactedReport } from '../../../extension/core/diagnostics/report.ts';

const known: Private = {
  secrets: ['team-key-1234', 'a'],
  folders: [
    { path: '/home/alice', name: '~' },
    { path: '/home/alice/secret-project', name: '[workspace]' },
    { path: 'C:\\Users\\alice', name: '~' },
  ],
  users: ['alice', 'al'],
  hosts: ['gpu1:8000', 'gpu1', '127.0.0.1:8080'],
};

describe('redaction', () => {
  const cases: readonly (readonly [text: string, safe: string])[] = [
    // Keys.
    ['the key team-key-1234 is refused', 'the key [key] is refused'],
    ['Authorization: Bearer abc.def', 'Authorization: [key]'],
    ['0123456789abcdef0123456789abcdef.AbCdEf12GhIj', '[key]'],
    ['sk-proj_abcdefghijkl', '[key]'],
    ['eyJhbGciOi.eyJzdWIiOi.c2ln', '[key]'],
    ['token dGhpcyBpcyBhIHNlY3JldCBrZXkgMTIzNDU2', 'token [key]'],
    // Hosts.
    ['http://gpu1:8000/v1', 'http://[host]/v1'],
    ['glm-4.7 at gpu1:8000', 'glm-4.7 at [host]'],
    ['https://user:pass@models.example.corp/v1?key=123#x', 'https://[host]/v1'],
    ['models.example.com:443 did not answer', '[host] did not answer'],
    ['10.1.2.3:8000 and 192.168.0.7', '[host] and [host]'],
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
    ['glm-4.7 at 127.0.0.1:8080', 'glm-4.7 at 127.0.0.1:8080'],
    ['http://localhost:11434', 'http://localhost:11434'],
    ['https://open.bigmodel.cn/api/paas/v4', 'https://open.bigmodel.cn/api/paas/v4'],
    ['glm-4.7 at api.z.ai', 'glm-4.7 at api.z.ai'],
    ['https://evil-z.ai.example.com/', 'https://[host]'],
    // Folders and people.
    ['/home/alice/secret-project/src/plans.ts', '[workspace]/…/plans.ts'],
    ['model /home/alice/models/mine/glm.gguf', 'model ~/…/glm.gguf'],
    ['/srv/customers/acme/glm.gguf', '[folder]/glm.gguf'],
    ['C:\\Users\\alice\\models\\glm.gguf', '~/…/glm.gguf'],
    ['\\\\server\\share\\glm.gguf', '[folder]/glm.gguf'],
    ['Alice and malice', '[user] and malice'],
    // What stays.
    ['zai-org/GLM-4.7-Flash at 127.0.0.1:8080', 'zai-org/GLM-4.7-Flash at 127.0.0.1:8080'],
    ['counted by /tokenize; 1.2.3; settings.json; 16/32', 'counted by /tokenize; 1.2.3; settings.json; 16/32'],
    ['"glmCoder.local.url": ""', '"glmCoder.local.url": ""'],
    [
      'llama-server -m glm-4.7-flash.gguf -c 131072 --port 8080',
      'llama-server -m glm-4.7-flash.gguf -c 131072 --port 8080',
    ],
    ['2026-11-25T13:28:06.819Z timeout', '2026-11-25T13:28:06.819Z timeout'],
  ];
  for (const [text, safe] of cases) {
    it(`${text === safe ? 'leaves' : 'takes from'} ${text}`, () => {
      assert.equal(redact(text, known), safe);
    });
  }
});

describe('the report', () => {
  it('tells what helps, and nothing of who, where or the key', () => {
    const report = redactedReport(
      {
        versions: { 'GLM Coder': '0.1.0', 'VS Code': '1.139.0' },
        settings: {
          'glmCoder.backend': 'local',
          'glmCoder.local.url': 'http://gpu1:8000',
          'glmCoder.local.model': '/home/alice/models/glm.gguf',
        },
        lines: ['glm.gguf at gpu1:8000 (set in the settings)', '10.0.0.3: nothing'],
        spent: { requests: 2, promptTokens: 1_000, cachedTokens: 900, completionTokens: 5, cost: 0.01 },
        failures: [{ at: '2026-11-25T13:28:06.819Z', kind: 'unreachable', summary: 'http://gpu1:8000 is not there.' }],
        probes: [
          {
            backend: 'glm.gguf at gpu1:8000',
            model: '/home/alice/models/glm.gguf',
            window: 32_768,
            seed: 1,
            measured: '2026-11-25',
            fills: [{ fill: 8_000, countedTokens: 7_990, firstTokenCold: 12, failure: 'gpu1:8000 did not answer.' }],
            notes: [],
          },
        ],
      },
      known,
    );
    for (const gone of ['gpu1', 'alice', '/home', '10.0.0.3', 'team-key'])
      assert.equal(report.includes(gone), false, gone);
    for (const told of ['0.1.0', 'glm.gguf', '90 % from cache', 'unreachable', '8000:', '12 ms cold', '"local"'])
      assert.ok(report.includes(told), told);
  });
});

describe('the ring of failures', () => {
  const target = { kind: 'local', origin: 'http://gpu1:8000', model: 'glm' } as const;
  const backendOf = (play: () => AsyncIterable<StreamEvent>): Backend => ({
    kind: 'local',
    label: 'glm',
    window: 1_000,
    writesEdits: true,
    chat: play,
    complete: play,
  });

  it("notes what the user was told, not the server's words, and lets the failure pass", async () => {
    const ring = createFailureRing(() => new Date(0));
    const failing = ring.on(
      backendOf(async function* () {
        yield { type: 'text', text: 'a' };
        throw failure('request', target, 'HTTP 400: your prompt was "const password"');
      }),
    );
    const request = { rules: '', messages: [], question: '', maxTokens: 1, thinking: false };
    await assert.rejects(Array.fromAsync(failing.chat(request, new AbortController().signal)), /refused the request/);
    assert.equal(ring.all.length, 1);
    assert.equal(ring.all[0]?.kind, 'request');
    assert.equal(JSON.stringify(ring.all).includes('password'), false);
  });

  it('holds the last twenty, and nothing but failures of backends', () => {
    const ring = createFailureRing();
    ring.note(new Error('something else'));
    assert.equal(ring.all.length, 0);
    for (let i = 0; i < 30; i++) ring.note(failure(i < 29 ? 'timeout' : 'offline', target, ''));
    assert.equal(ring.all.length, 20);
    assert.equal(ring.all.at(-1)?.kind, 'offline');
  });
});
