import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { businessCodes } from '../../../extension/core/backend/businessCodes.ts';
import { failureFromResponse, failureFromTransport } from '../../../extension/core/backend/failures.ts';
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

  it('know every documented code (glm-protocol.md 1.5)', () => {
    const documented =
      '500 1000 1001 1002 1003 1004 1100 1110 1111 1112 1113 1120 1121 1200 1210 1211 1212 1213 1214 1215 1220 1221 1222 ' +
      '1230 1231 1234 1261 1300 1301 1302 1303 1304 1305 1308 1309 1310 1311 1312 1313';
    assert.deepEqual([...businessCodes.keys()].sort(), documented.split(' ').sort());
  });

  const overflows = [
    '{"error":{"code":"1261","message":"Prompt exceeds max length"}}',
    '{"error":{"code":400,"message":"request (10001 tokens) exceeds the available context size (4096 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":10001,"n_ctx":4096}}',
    '{"object":"error","message":"This model\'s maximum context length is 262144 tokens. However, your request has 372027 input tokens.","type":"BadRequestError","param":null,"code":400}',
    '"The input (131123 tokens) is longer than the model\'s context length (131072 tokens)."',
    '{"error":"the prompt is longer than the context length currently available to the model; shorten the prompt"}',
  ];
  for (const body of overflows) {
    it(`recognise an overflow: ${body.slice(0, 60)}…`, () => {
      assert.equal(failureFromResponse(400, body, local).kind, 'overflow');
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
    assert.equal(kindOf(503, '{"error":{"message":"Loading model","type":"unavailable_error","code":503}}'), 'server');
  });

  it('name the address, the cause and the next step for a dead port', () => {
    const error = failureFromTransport(new TransportFailure('refused', 'ECONNREFUSED'), local);
    assert.equal(error.kind, 'unreachable');
    assert.match(error.message, /127\.0\.0\.1:8080.*glmCoder\.local\.url/);
  });
});
