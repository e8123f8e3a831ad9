import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { createStatusLine } from '../../extension/cli/statusLine.ts';
import { type HostedStandin, startHostedStandin, streamedAnswer } from '../support/hostedStandin.ts';
import { makeWorkspace, type TestWorkspace } from '../support/workspace.ts';

describe('an answer on the command line that does not come to its end', () => {
  let workspace: TestWorkspace;
  let standin: HostedStandin;
  let plays: 'breaks' | 'goes on';

  before(async () => {
    workspace = await makeWorkspace();
    standin = await startHostedStandin(() => {
      const pieces = [...streamedAnswer(['`withTax` is in `src/price.ts:8`. ', 'Then. '])].slice(0, 2);
      const many = Array.from({ length: 2_000 }, () => pieces[1] ?? '');
      return plays === 'breaks' ? { pieces, breaks: true } : { pieces: [...pieces, ...many], pause: 20 };
    });
  });
  after(async () => {
    await standin.dispose();
    await workspace.dispose();
  });

  /** Asks with the built command line; `interrupt` is pressed once an answer has begun. */
  async function ask(args: readonly string[], interrupt = false) {
    const { PATH = '' } = process.env;
    const options = ['--backend', 'hosted', '--url', standin.url, ...args];
    const child = spawn(process.execPath, [resolve('dist/cli.js'), 'ask', workspace.folder, 'tax?', ...options], {
      env: { PATH, LANG: 'C', GLM_API_KEY: 'id.secret' },
    });
    const [out, err] = [text(child.stdout), text(child.stderr)];
    const asked = standin.requests.length;
    while (interrupt && standin.requests.length === asked) await new Promise((later) => setTimeout(later, 20));
    if (interrupt) setTimeout(() => child.kill('SIGINT'), 200);
    const [code] = await once(child, 'close');
    return { code, out: await out, err: await err };
  }

  it('says so in a word when it is interrupted, and exits as a shell expects', async () => {
    plays = 'goes on';
    const { code, err, out } = await ask([], true);
    assert.equal(code, 130);
    assert.equal(err.trim(), 'Interrupted.');
    assert.match(out, /withTax/);
  });

  it('gives what there was of it with --json, with the error', async () => {
    for (const [how, code, words] of [
      ['breaks', 1, /./],
      ['goes on', 130, /^Interrupted\.$/],
    ] as const) {
      plays = how;
      const { out, ...told } = await ask(['--json'], how === 'goes on');
      assert.equal(told.code, code);
      const { answer, citations, error } = JSON.parse(out);
      assert.match(answer, /^`withTax` is in `src\/price\.ts:8`/);
      assert.ok(Array.isArray(citations));
      assert.match(error, words);
      assert.equal(told.err.trim(), error);
    }
  });

  it('tells how far it is on one line of a terminal, and nowhere else', () => {
    const events = [
      { type: 'packing', stage: { stage: 'scanning', done: 3, total: 4 } },
      { type: 'reading', read: 30, total: 40 },
      { type: 'reading', read: 30, total: 40 },
      { type: 'text', text: 'Hello' },
      { type: 'text', text: ' again' },
    ] as const;
    const written = (isTTY: boolean): string => {
      let all = '';
      const line = createStatusLine({ isTTY, write: (text: string) => (all += text) } as unknown as NodeJS.WriteStream);
      for (const event of events) line.hear(event);
      line.clear();
      return all;
    };
    assert.deepEqual(written(true).split('\r\x1b[K'), [
      '',
      'Reading files: 3 of 4…',
      'The model is reading: 75 % of 40 tokens…',
      '',
    ]);
    assert.equal(written(false), '');
  });

  it('is not begun without a question', async () => {
    const { PATH = '' } = process.env;
    const child = spawn(
      process.execPath,
      [resolve('dist/cli.js'), 'ask', workspace.folder, ' ', '--backend', 'embedded'],
      {
        env: { PATH, LANG: 'C' },
      },
    );
    const err = await text(child.stderr);
    assert.match(err, /no question/);
  });
});
