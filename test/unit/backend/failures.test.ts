import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { businessCodes } from '../../../extension/core/backend/businessCodes.ts';
import {
  failureFromBody,
  failureFromResponse,
  failureFromTransport,
  retryAfter,
} from '../../../extension/core/backend/failures.ts';
import { TransportFailure } from '../../../extension/core/ports.ts';

const hosted = { kind: 'hosted', origin: 'https://open.example', model: 'glm-4.7' } as const;
const local = { kind: 'local', origin: 'http://127.0.0.1:8080', model: 'glm' } as const;

describe('failures', () => {
  it('go by the business code, whatever the language of the message', () => {
    const chinese = failureFromResponse(
      429,
      '{"error":{"code":"1113","message":"余额不足或无可用资源包,请充值。"}}',
      hosted,
    );
    assert.equal(chinese.kind, 'balance');
    assert.equal(chinese.retryable, false);
    assert.match(chinese.nextStep, /Coding Plan/);
    const busy = failureFromResponse(429, '{"error":{"code":"1302","message":"High concurrency usage"}}', hosted);
    assert.deepEqual([busy.kind, busy.retryable], ['rate-limit', true]);
  });

  /** Every row of the table (glm-protocol.md 1.5): code, likely HTTP status, kind, whether to send again, words. */
  const rows: readonly [code: string, status: number, kind: string, retryable: boolean, words: RegExp][] = [
    ['500', 500, 'server', true, /failed while answering/],
    ['1000', 401, 'authentication', false, /Set API Key/],
    ['1001', 401, 'authentication', false, /Set API Key/],
    ['1002', 401, 'authentication', false, /Set API Key/],
    ['1003', 401, 'authentication', false, /Set API Key/],
    ['1004', 401, 'authentication', false, /Set API Key/],
    ['1100', 500, 'server', true, /failed while answering/],
    ['1110', 400, 'account', false, /not active/],
    ['1111', 400, 'account', false, /not active/],
    ['1112', 429, 'account', false, /not active/],
    ['1113', 429, 'balance', false, /no balance.*Coding Plan/],
    ['1120', 500, 'server', true, /failed while answering/],
    ['1121', 429, 'account', false, /not active/],
    ['1200', 400, 'request', false, /refused the request/],
    ['1210', 400, 'request', false, /refused the request/],
    ['1211', 400, 'model', false, /does not serve the model glm-4\.7/],
    ['1212', 400, 'model', false, /does not serve the model/],
    ['1213', 400, 'request', false, /refused the request/],
    ['1214', 400, 'request', false, /refused the request/],
    ['1215', 400, 'request', false, /refused the request/],
    ['1220', 434, 'account', false, /may not use glm-4\.7/],
    ['1221', 400, 'model', false, /does not serve the model/],
    ['1222', 404, 'not-a-model-server', false, /hosted\.endpoint/],
    ['1230', 500, 'server', true, /failed while answering/],
    ['1231', 400, 'server', true, /failed while answering/],
    ['1234', 500, 'server', true, /failed while answering/],
    ['1261', 400, 'overflow', false, /longer than the context window/],
    ['1300', 400, 'moderation', false, /sensitive/],
    ['1301', 400, 'moderation', false, /sensitive/],
    ['1302', 429, 'rate-limit', true, /too many requests/],
    ['1303', 429, 'rate-limit', true, /too many requests/],
    ['1304', 429, 'limit', false, /usage limit/],
    ['1305', 429, 'overloaded', true, /overloaded/],
    ['1308', 429, 'limit', false, /resets at 2026-11-23 18:00:00/],
    ['1309', 429, 'plan-expired', false, /expired/],
    ['1310', 429, 'limit', false, /resets at 2026-11-23 18:00:00/],
    ['1311', 429, 'plan-model', false, /does not include glm-4\.7/],
    ['1312', 429, 'overloaded', true, /overloaded/],
    ['1313', 429, 'fair-use', false, /fair-use/],
  ];
  for (const [code, status, kind, retryable, words] of rows) {
    it(`explain business code ${code}, in the body and in a stream`, () => {
      const message = code === '1308' || code === '1310' ? 'limit reached, resets at 2026-11-23 18:00:00' : '出错了';
      const error = { code, message };
      for (const made of [
        failureFromResponse(status, JSON.stringify({ error }), hosted),
        failureFromBody({ error }, 200, hosted),
      ]) {
        assert.deepEqual([made.kind, made.retryable], [kind, retryable]);
        assert.match(made.message, words);
      }
    });
  }

  it('know every documented code, and no other', () => {
    assert.deepEqual([...businessCodes.keys()].sort(), rows.map(([code]) => code).sort());
  });

  it('find the code in the words of the Anthropic-compatible endpoint', () => {
    const body =
      '{"type":"error","error":{"type":"rate_limit_error","message":"[1113][Insufficient balance or no resource package. Please recharge.][20261123]"}}';
    assert.equal(failureFromResponse(429, body, hosted).kind, 'balance');
  });

  it('read how long to wait, in seconds or as a date', () => {
    const now = Date.parse('2026-11-23T10:00:00Z');
    assert.equal(retryAfter('3', now), 3_000);
    assert.equal(retryAfter('Mon, 23 Nov 2026 10:00:20 GMT', now), 20_000);
    assert.equal(retryAfter('soon', now), undefined);
    assert.equal(retryAfter(undefined, now), undefined);
    assert.equal(failureFromResponse(429, '{"error":{"code":"1302"}}', hosted, 3_000).retryAfter, 3_000);
  });

  /** Bodies of prompts that do not fit, and the sizes that they name (glm-protocol.md 1.5, 4.2). */
  const overflows: readonly [body: string, promptTokens?: number, window?: number][] = [
    ['{"error":{"code":"1261","message":"Prompt exceeds max length"}}'],
    ['{"error":{"code":"1261","message":"Prompt too long"}}'],
    [
      '{"error":{"code":400,"message":"request (10001 tokens) exceeds the available context size (4096 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":10001,"n_ctx":4096}}',
      10_001,
      4_096,
    ],
    [
      '{"object":"error","message":"This model\'s maximum context length is 262144 tokens. However, your request has 372027 input tokens. Please reduce the length of the input messages.","type":"BadRequestError","param":null,"code":400}',
      372_027,
      262_144,
    ],
    [
      '{"error":{"message":"\'max_tokens\' or \'max_completion_tokens\' is too large: 8192. This model\'s maximum context length is 32768 tokens and your request has 30000 input tokens (8192 > 32768 - 30000).","type":"BadRequestError","code":400}}',
      30_000,
      32_768,
    ],
    ['"The input (131123 tokens) is longer than the model\'s context length (131072 tokens)."', 131_123, 131_072],
    [
      '{"message":"Requested token count exceeds the model\'s maximum context length of 64000 tokens. You requested a total of 71897 tokens: 7897 tokens from the input messages and 64000 tokens for the completion."}',
      71_897,
      64_000,
    ],
    [
      '{"error":"the prompt is longer than the context length currently available to the model; shorten the prompt, adjust the context length in settings, or use a model with a longer context length"}',
    ],
    [
      '{"error":{"message":"Trying to keep the first 9000 tokens when context the overflows: the number of tokens to keep from the initial prompt is greater than the context length"}}',
    ],
    ['{"error":{"message":"The model has reached its context window limit."}}'],
  ];
  for (const [body, promptTokens, window] of overflows) {
    it(`recognise an overflow and its sizes: ${body.slice(0, 60)}…`, () => {
      const made = failureFromResponse(400, body, local);
      assert.equal(made.kind, 'overflow');
      assert.equal(made.retryable, false);
      assert.deepEqual(made.overflow, promptTokens ? { promptTokens, window } : {});
    });
  }

  it('tell a wrong key, a missing model, a page and a broken server apart', () => {
    const kindOf = (status: number, body: string) => failureFromResponse(status, body, local).kind;
    assert.equal(
      kindOf(401, '{"error":{"message":"Invalid API Key","type":"authentication_error","code":401}}'),
      'authentication',
    );
    assert.equal(kindOf(404, '{"error":{"message":"The model `x` does not exist.","code":404}}'), 'model');
    assert.equal(kindOf(404, '<!doctype html><title>Not found</title>'), 'not-a-model-server');
    assert.equal(kindOf(503, '{"error":{"message":"Loading model","type":"unavailable_error","code":503}}'), 'loading');
    assert.equal(kindOf(502, '<html>Bad gateway</html>'), 'server');
  });

  it('tell being offline from a server that is down', () => {
    const unresolved = new TransportFailure('unresolved', 'ENOTFOUND');
    assert.equal(failureFromTransport(unresolved, hosted).kind, 'offline');
    assert.equal(failureFromTransport(unresolved, local).kind, 'unreachable');
  });

  it('name the address, the cause and the next step for a dead port', () => {
    const error = failureFromTransport(new TransportFailure('refused', 'ECONNREFUSED'), local);
    assert.equal(error.kind, 'unreachable');
    assert.match(error.message, /127\.0\.0\.1:8080.*glmCoder\.local\.url/);
  });
});
