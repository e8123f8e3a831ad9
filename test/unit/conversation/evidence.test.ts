import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coverageOf, holdsAll, largestBudget } from '../../../extension/core/conversation/coverage.ts';
import { withEvidence } from '../../../extension/core/conversation/evidence/evidence.ts';
import type { TurnEvent } from '../../../extension/core/conversation/turn.ts';
import type { Level, Pack } from '../../../extension/core/pack.ts';
import type { LikelyRequest } from '../../../extension/core/ports.ts';

const never = new AbortController().signal;

const packOf = (levels: Readonly<Record<string, Level>>, more: Partial<Pack> = {}): Pack => ({
  ...{ budget: 1_000, tokens: 900, encoding: 'cl100k_base', omitted: [], text: '' },
  files: Object.entries(levels).map(([path, level]) => ({ path, level, tokens: 10, ranges: [[1, 2]] })),
  repository: { files: 5, tokens: 4_000, leftOut: [] },
  ...more,
});

const text = (said: string): TurnEvent => ({ type: 'text', text: said });
const stop: TurnEvent = { type: 'finish', reason: 'stop' };

/** What passes of some events, and what was looked for. */
async function pass(events: readonly (TurnEvent | Error)[], pack?: Pack, fails = false) {
  const asked: LikelyRequest[] = [];
  async function* stream(): AsyncGenerator<TurnEvent> {
    for (const event of events) {
      if (event instanceof Error) throw event;
      yield event;
    }
  }
  const ports = {
    packer: {
      async likely(request: LikelyRequest) {
        asked.push(request);
        if (fails) throw new Error('no worker');
        return [{ path: 'src/retry.ts', tokens: 120 }];
      },
    },
    ...{ question: 'How often does it retry?', request: { root: '/r' }, pack },
  };
  const passed: TurnEvent[] = [];
  let error: unknown;
  try {
    for await (const event of withEvidence(stream(), ports, never)) passed.push(event);
  } catch (thrown) {
    error = thrown;
  }
  const said = passed.map((event) => (event.type === 'text' ? event.text : '')).join('');
  return { passed, said, asked, error, missing: passed.find((event) => event.type === 'missing')?.missing };
}

describe('evidence that is missing', () => {
  it('is told after the answer, with files that were not read whole', async () => {
    const pack = packOf({ 'a.ts': 'full', 'b.ts': 'excerpt' });
    const { said, asked, missing, passed } = await pass([
      { type: 'packed', pack },
      text('No.\nMIS'),
      text('SING: its limit'),
      stop,
    ]);
    assert.equal(said, 'No.\n');
    assert.deepEqual(asked[0]?.except, ['a.ts']);
    assert.match(asked[0]?.question ?? '', /How often does it retry\?\nits limit/);
    assert.deepEqual(missing, {
      what: ['its limit'],
      terms: ['often', 'retry', 'its', 'limit'],
      likely: [{ path: 'src/retry.ts', tokens: 120 }],
    });
    assert.equal(passed.at(-1)?.type, 'missing');
  });

  it('is not looked for where nothing is missing', async () => {
    const { asked, missing, said } = await pass([text('Thrice: '), text('`src/retry.ts:3`.'), stop]);
    assert.deepEqual([asked.length, missing, said], [0, undefined, 'Thrice: `src/retry.ts:3`.']);
  });

  it('is told though the search for it fails', async () => {
    const { missing, error } = await pass([text('MISSING: its limit'), stop], packOf({}), true);
    assert.equal(error, undefined);
    assert.deepEqual(missing?.likely, []);
  });

  it('begins anew where all so far was reasoning', async () => {
    const { said, missing } = await pass([text('Hm.\nMISSING: x'), { type: 'take-back' }, text('Thrice.'), stop]);
    assert.match(said, /Thrice\.$/);
    assert.equal(missing, undefined);
  });

  it('loses no text of a stream that breaks off', async () => {
    const { said, error } = await pass([text('It is MISS'), text('\nMI'), new Error('broken')]);
    assert.equal((error as Error).message, 'broken');
    assert.equal(said, 'It is MISS\nMI');
  });
});

const at = (window: number) => ({ window });

describe('what share of a repository was read', () => {
  it('has a price to be read once more, where one is known', () => {
    const prices = { chat: { input: 2, cached: 1, output: 1 } };
    assert.equal(coverageOf(packOf({}), { window: 32_768, prices })?.price, 0.0018);
    assert.equal(coverageOf(packOf({}), at(32_768))?.price, undefined);
  });

  it('is counted by level', () => {
    const view = coverageOf(
      packOf({ 'a.ts': 'full', 'b.ts': 'excerpt', 'c.ts': 'skeleton', 'd.ts': 'name' }),
      at(32_768),
    );
    assert.deepEqual(
      [view?.files, view?.whole, view?.inPart, view?.nameOnly, view?.tokens, view?.wholeTokens, view?.canWiden],
      [5, 1, 2, 1, 900, 4_000, true],
    );
  });

  it('names the first files of each reason only', () => {
    const paths = Array.from({ length: 9_000 }, (_, at) => `src/${at}.ts`).join('\n');
    const leftOut = [{ reason: 'over the budget', count: 9_000, paths, mayBeRead: true }];
    const view = coverageOf(packOf({}, { repository: { files: 9_000, tokens: 1, leftOut } }), at(32_768));
    assert.deepEqual([view?.leftOut[0]?.count, view?.leftOut[0]?.paths.length], [9_000, 30]);
    assert.ok(JSON.stringify(view).length < 2_000);
  });

  it('cannot be more than all of it, or than the window holds', () => {
    const all = packOf({ a: 'full', b: 'full', c: 'full', d: 'full', e: 'full' });
    assert.deepEqual(
      [holdsAll(all), coverageOf(all, at(1_000_000))?.canWiden, coverageOf(all, at(8_192))?.wholeTokens],
      [true, false, 900],
    );
    const full = packOf({ a: 'full' }, { budget: largestBudget(32_768) });
    assert.deepEqual([holdsAll(full), coverageOf(full, at(32_768))?.canWiden], [false, false]);
  });

  it('is not known of a pack for a cursor', () => {
    const { repository: _, ...pack } = packOf({});
    assert.equal(coverageOf(pack, at(8_192)), undefined);
  });
});
