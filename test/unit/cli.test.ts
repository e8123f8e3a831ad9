import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Pack } from '../../extension/core/pack.ts';
import { freePort } from '../support/freePort.ts';
import { startHostedStandin, streamedAnswer, streamedCalls } from '../support/hostedStandin.ts';
import { makeWorkspace, type TestWorkspace } from '../support/workspace.ts';

/** Runs the built command line, in English and with no key of the machine's. */
function cli(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const { PATH = '' } = process.env;
  return new Promise((done) => {
    execFile(
      process.execPath,
      [resolve('dist/cli.js'), ...args],
      { env: { PATH, LANG: 'C', ...env } },
      (error, out, err) => {
        done({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err });
      },
    );
  });
}

describe('the command line', () => {
  let workspace: TestWorkspace;
  before(async () => {
    workspace = await makeWorkspace();
  });
  after(() => workspace.dispose());

  it('packs as the contract says, the same bytes twice', async () => {
    const args = ['pack', workspace.folder, '--budget', '500', '--json'];
    const [one, two] = await Promise.all([cli(args), cli(args)]);
    assert.equal(one.code, 0);
    assert.equal(one.out, two.out);
    const pack = JSON.parse(one.out) as Pack;
    assert.deepEqual(Object.keys(pack), ['budget', 'tokens', 'encoding', 'files', 'omitted', 'text']);
    assert.ok(pack.tokens <= 500);
    assert.deepEqual(Object.keys(pack.files[0] ?? {}), ['path', 'level', 'tokens', 'ranges', 'reason']);
  });

  it('obeys pins and exclusions, and says so', async () => {
    const args = ['--pin', 'notes.txt', '--pin', 'src/stock.ts:skeleton', '--exclude', './src/', '--pin', 'no.ts'];
    const { out } = await cli(['pack', workspace.folder, '--question', 'tax on a price', '--json', ...args]);
    const { files, omitted, steering } = JSON.parse(out) as Pack;
    assert.deepEqual(
      files.slice(0, 2).map(({ path, level, reason }) => ({ path, level, reason })),
      [
        { path: 'notes.txt', level: 'full', reason: 'pinned by you' },
        { path: 'src/stock.ts', level: 'skeleton', reason: 'pinned by you' },
      ],
    );
    assert.deepEqual(
      omitted.map(({ path, reason }) => [path, reason]),
      [
        ['no.ts', 'pinned by you, but there is no such file that may be read'],
        ['src/basket.ts', 'excluded by you'],
        ['src/price.ts', 'excluded by you'],
      ],
    );
    assert.equal(files.find(({ path }) => path === 'README.md')?.reason, 'part of the repository, in reading order');
    assert.equal(steering?.pinned?.length, 3);
  });

  it('packs a batch in order, unsaved buffers included, into a file', async () => {
    const requests = await makeWorkspace({}, { git: false });
    const batch = join(requests.folder, 'batch.jsonl');
    const out = join(requests.folder, 'pack.json');
    const lines = [
      { budget: 60 },
      { question: 'tax', cursor: 'src/basket.ts:2:1', overlay: { 'src/stock.ts': 'unsaved' } },
    ];
    await writeFile(batch, lines.map((line) => JSON.stringify(line)).join('\n'));
    const { code, out: packs } = await cli(['pack', workspace.folder, '--batch', batch, '--budget', '900']);
    assert.equal(code, 0);
    const [first, second] = packs
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Pack);
    assert.deepEqual([first?.budget, second?.budget], [60, 900]);
    assert.match(second?.text ?? '', /unsaved/);
    assert.equal((await cli(['pack', workspace.folder, '--json', '--out', out])).out, '');
    assert.equal((JSON.parse(await readFile(out, 'utf8')) as Pack).budget, 128_000);
    await requests.dispose();
  });

  it('probes no window where there is no model, and tells of one that cannot be measured', async () => {
    const refused = await cli(['probe', workspace.folder, '--backend', 'embedded', '--json']);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /not a model/);
    const standin = await startHostedStandin(() => ({
      status: 400,
      type: 'application/json',
      pieces: ['{"error":{"code":"1261","message":"Prompt exceeds max length"}}'],
    }));
    const large = await makeWorkspace({
      'src/many.ts': Array.from({ length: 300 }, (_, i) => `export const limitOfArticle${i} = ${1_000 + i};\n`).join(
        '\n',
      ),
    });
    const args = ['--backend', 'hosted', '--url', standin.url, '--fill', '2000,4000', '--json'];
    const { code, out } = await cli(['probe', large.folder, ...args], { GLM_API_KEY: 'k.s' });
    assert.equal(code, 1);
    const { fills } = JSON.parse(out) as { fills: { fill: number; failure?: string }[] };
    assert.deepEqual(
      fills.map(({ fill }) => fill),
      [2_000],
    );
    assert.match(fills[0]?.failure ?? '', /longer than the context window/);
    assert.equal(standin.requests.length, 1);
    await large.dispose();
    await standin.dispose();
  });

  it('completes and answers without a model, and says that it has none', async () => {
    const asked = await cli(['ask', workspace.folder, 'how is tax added?', '--backend', 'embedded', '--json']);
    const { answer, citations } = JSON.parse(asked.out) as {
      answer: string;
      citations: { path: string; verified: boolean }[];
    };
    assert.match(answer, /no model/);
    assert.ok(citations.some(({ path, verified }) => path === 'src/price.ts' && verified));
    await writeFile(join(workspace.folder, 'src/new.ts'), '  for (const price of\n');
    const completed = await cli(['complete', workspace.folder, 'src/new.ts:1:22', '--backend', 'embedded', '--json']);
    assert.equal(JSON.parse(completed.out).text, ' prices) {\n    cents += price.cents;');
  });

  it('tells what became of each cited place', async () => {
    const standin = await startHostedStandin(() => ({
      pieces: streamedAnswer([
        '`withTax` is in `src/price.ts:8`. `formatPrice` is in `lib/price.ts:1-3`. ',
        '`withTip` is in `src/price.ts:9`.',
      ]),
    }));
    const args = ['ask', workspace.folder, 'tax?', '--backend', 'hosted', '--url', standin.url];
    const { out } = await cli(args, { GLM_API_KEY: 'a.b' });
    assert.deepEqual(out.trim().split('\n').slice(1), [
      '✓ src/price.ts:8-8',
      '→ lib/price.ts:1-3 → src/price.ts:13-15 (It is in another file than cited)',
      '✗ src/price.ts:9-9 (withTip is not in this file)',
    ]);
    const json = await cli([...args, '--json'], { GLM_API_KEY: 'a.b' });
    const { citations } = JSON.parse(json.out) as { citations: Record<string, unknown>[] };
    assert.deepEqual(
      citations.map(({ status, verified, to }) => [status, verified, to]),
      [
        ['verified', true, undefined],
        ['moved', false, { path: 'src/price.ts', startLine: 13, endLine: 15 }],
        ['wrong', false, undefined],
      ],
    );
    await standin.dispose();
  });

  it('streams from the hosted API with the key of the environment', async () => {
    const standin = await startHostedStandin(() => ({
      pieces: streamedAnswer(['See `src/price.ts:8-10` ', 'and `src/no.ts:1`.']),
    }));
    const args = ['ask', workspace.folder, 'tax?', '--backend', 'hosted', '--url', standin.url];
    const { code, out } = await cli(args, { GLM_API_KEY: 'a.b' });
    assert.equal(code, 0);
    assert.equal(
      out,
      'See `src/price.ts:8-10` and `src/no.ts:1`.\n✓ src/price.ts:8-10\n✗ src/no.ts:1-1 (there is no such file)\n',
    );
    assert.equal(standin.requests[0]?.headers.authorization, 'Bearer a.b');
    assert.equal('tools' in (standin.requests[0]?.body ?? {}), false);
    await standin.dispose();
  });

  it('lets the model look into the repository with --tools, and tells its calls beside the answer', async () => {
    const calls = [
      { id: 'a', name: 'find_symbol', arguments: { name: 'withTax' } },
      { id: 'b', name: 'read_file', arguments: { path: '../etc/passwd' } },
    ];
    const standin = await startHostedStandin(() => ({
      pieces:
        standin.requests.length === 1
          ? streamedCalls(calls, { text: 'Let me look.' })
          : streamedAnswer(['In `src/price.ts:8-10`.']),
    }));
    const args = ['ask', workspace.folder, 'tax?', '--backend', 'hosted', '--url', standin.url, '--tools', '--json'];
    const { code, out, err } = await cli(args, { GLM_API_KEY: 'a.b' });
    assert.equal(code, 0, err);
    assert.match(
      err,
      /^find_symbol \{"name":"withTax"\}: \d+ tokens\nread_file .*: path leads out of the repository\.\n$/,
    );
    const { answer, citations, usage } = JSON.parse(out);
    assert.equal(answer, 'Let me look.\n\nIn `src/price.ts:8-10`.');
    assert.equal(citations[0].verified, true);
    assert.equal(usage.promptTokens, 108);
    const tools = standin.requests.map(({ body }) =>
      (body.tools as { function: { name: string } }[]).map((tool) => tool.function.name),
    );
    assert.deepEqual(tools[0], ['read_file', 'search', 'list_symbols', 'find_symbol']);
    assert.deepEqual(tools[0], tools[1]);
    const messages = standin.requests[1]?.body.messages as { content: string }[];
    assert.equal(messages.at(-2)?.content, 'function withTax src/price.ts:8-10');
    await standin.dispose();
  });

  it('asks about every file in parts, tells the cost first, and says what each part gave', async () => {
    const many = await makeWorkspace(
      Object.fromEntries(
        Array.from({ length: 12 }, (_, at) => [
          `src/file${at}.ts`,
          `export const tax${at} = ${at};\n${`// ${'words '.repeat(40)}\n`.repeat(12)}`,
        ]),
      ),
    );
    const server = await startHostedStandin(({ path, body }) => {
      if (path === '/props')
        return { type: 'application/json', pieces: ['{"default_generation_settings":{"n_ctx":8192},"total_slots":1}'] };
      if (path === '/v1/models')
        return { type: 'application/json', pieces: ['{"data":[{"id":"glm","owned_by":"llamacpp"}]}'] };
      if (path !== '/v1/chat/completions') return { status: 404, type: 'application/json', pieces: ['{}'] };
      const [system, user] = body.messages as { content: string }[];
      if (user?.content.includes('Findings in part')) return { pieces: streamedAnswer(['All of them.']) };
      const paths = [...(system?.content ?? '').matchAll(/^###PATH: (\S+)$/gm)].map(([, path]) => path);
      return { pieces: streamedAnswer([paths.map((path) => `- \`${path}:1\``).join('\n')]) };
    });
    const args = ['ask', many.folder, 'List every tax', '--everything', '--url', server.url];
    const json = await cli([...args, '--json']);
    const plain = await cli(args);
    const matcher = await cli(['ask', many.folder, 'List every tax', '--everything', '--backend', 'embedded']);
    await server.dispose();
    await many.dispose();
    assert.equal(json.code, 0, json.err);
    const [cost, ...told] = json.err.trim().split('\n');
    assert.match(cost ?? '', /^12 files in \d parts: \d requests and about [\d,]+ tokens\.$/);
    const result = JSON.parse(json.out);
    assert.ok(result.parts.length >= 2 && told.length === result.parts.length);
    assert.ok(result.parts.every(({ state }: { state: string }) => state === 'found'));
    assert.equal(
      result.parts.reduce((sum: number, { files }: { files: number }) => sum + files, 0),
      12,
    );
    assert.equal(result.answer, 'All of them.');
    assert.deepEqual([result.coverage.files, result.coverage.whole], [12, 12]);
    assert.equal(plain.code, 0);
    for (let at = 0; at < 12; at++) assert.ok(plain.out.includes(`src/file${at}.ts:1`), `file ${at} was found`);
    assert.equal(matcher.code, 1);
    assert.match(matcher.err, /searches every file by itself/);
  });

  it('tells what was not read where a part failed', async () => {
    const text = `${'// words and more of them\n'.repeat(500)}\n`;
    const many = await makeWorkspace({ 'a.ts': `// first\n${text}`, 'b.ts': `// second\n${text}` });
    const standin = await startHostedStandin(({ path, body }) => {
      if (path === '/props')
        return { type: 'application/json', pieces: ['{"default_generation_settings":{"n_ctx":8192},"total_slots":1}'] };
      if (path === '/v1/models')
        return { type: 'application/json', pieces: ['{"data":[{"id":"glm","owned_by":"llamacpp"}]}'] };
      if (JSON.stringify(body).includes('second'))
        return { status: 400, type: 'application/json', pieces: ['{"error":{"message":"no"}}'] };
      return { pieces: streamedAnswer(['- `a.ts:1`']) };
    });
    const { code, out } = await cli(['ask', many.folder, 'List all', '--everything', '--url', standin.url, '--json']);
    await standin.dispose();
    await many.dispose();
    assert.equal(code, 0);
    const { coverage, parts } = JSON.parse(out);
    assert.deepEqual(
      parts.map(({ state }: { state: string }) => state),
      ['found', 'failed'],
    );
    assert.ok(coverage.whole < coverage.files, JSON.stringify(coverage));
    assert.ok(coverage.tokens < coverage.wholeTokens);
  });

  it('tells what share was read, and what is missing', async () => {
    const server = await startHostedStandin(() => ({
      pieces: streamedAnswer(['Not there.\n\nMISS', 'ING: the stock of tax']),
    }));
    const args = ['ask', workspace.folder, 'Where is tax added?', '--backend', 'hosted', '--url', server.url, '--json'];
    const { out } = await cli(args, { GLM_API_KEY: 'id.secret' });
    await server.dispose();
    const { answer, coverage, missing } = JSON.parse(out);
    assert.equal(answer.trim(), 'Not there.');
    assert.deepEqual(missing.what, ['the stock of tax']);
    assert.ok(coverage.files >= 4 && coverage.whole >= 1 && coverage.tokens > 0);
    assert.deepEqual(missing.terms.slice(0, 2), ['tax', 'added']);
    // What was read whole is not named again.
    assert.ok(missing.likely.every(({ path }: { path: string }) => path !== 'src/price.ts'));
  });

  it('fails with a message, the next step and an exit code', async () => {
    const dead = `http://127.0.0.1:${await freePort()}`;
    const cases = [
      [['pack', join(workspace.folder, 'none')], /cannot be read/],
      [['pack', workspace.folder, '--budget', 'many'], /whole number/],
      [['pack', workspace.folder, '--cursor', 'nonsense'], /FILE:LINE:COLUMN/],
      [['complete', workspace.folder, 'src/price.ts:999:1'], /no line 999/],
      [['complete', workspace.folder, '../x.ts:1:1'], /not inside/],
      [['ask', workspace.folder, 'x', '--url', dead], /No model server answers.*--url/],
      [['ask', workspace.folder, 'x', '--backend', 'hosted'], /No API key is stored.*GLM_API_KEY/],
      [['doctor', '--backend', 'what'], /--backend is one of/],
    ] as const;
    for (const [args, words] of cases) {
      const { code, err } = await cli(args);
      assert.equal(code, 1, args.join(' '));
      assert.match(err, words);
    }
  });

  describe('doctor', () => {
    const page = () => startHostedStandin(() => ({ type: 'text/html', pieces: ['<html>My photos</html>'] }));
    const locked = () =>
      startHostedStandin(() => ({
        status: 401,
        type: 'application/json',
        pieces: ['{"error":{"message":"Invalid API Key","type":"authentication_error","code":401}}'],
      }));
    const vllm = () =>
      startHostedStandin(({ path }) =>
        path === '/v1/models'
          ? {
              type: 'application/json',
              pieces: ['{"data":[{"id":"zai-org/GLM-4.7","owned_by":"vllm","max_model_len":202752}]}'],
            }
          : { status: 404, type: 'application/json', pieces: ['{"detail":"Not Found"}'] },
      );

    it('says that nothing is there, and what to start', async () => {
      const dead = `http://127.0.0.1:${await freePort()}`;
      const { code, out } = await cli(['doctor', '--url', dead]);
      assert.equal(code, 1);
      assert.match(out, /No model server answers at [\s\S]*: nothing/);
    });

    it('tells a web server from a model server', async () => {
      const server = await page();
      const { code, out } = await cli(['doctor', '--url', server.url]);
      await server.dispose();
      assert.equal(code, 1);
      assert.match(out, /not an OpenAI-compatible model server[\s\S]*web server that is no model server/);
    });

    it('says that the key is wrong, and never shows it', async () => {
      const server = await locked();
      const { code, out, err } = await cli(['doctor', '--url', server.url], { GLM_LOCAL_API_KEY: 'not-the-key' });
      const { headers } = server.requests[0] ?? {};
      await server.dispose();
      assert.equal(code, 1);
      assert.equal(headers?.authorization, 'Bearer not-the-key');
      assert.match(out, /did not accept the API key[\s\S]*Set API Key[\s\S]*asks for an API key, or for another one/);
      assert.equal((out + err).includes('not-the-key'), false);
    });

    it('tells what a server can do, in words and as data, in both languages', async () => {
      const server = await vllm();
      const { code, out } = await cli(['doctor', '--url', server.url]);
      assert.equal(code, 0);
      assert.match(out, /vLLM at http:\/\/127\.0\.0\.1:\d+, model zai-org\/GLM-4\.7/);
      assert.match(out, /202,752 tokens/);
      assert.match(out, /GLM tokens; suffix first/);
      assert.match(out, /--enable-prompt-tokens-details/);
      const data = JSON.parse((await cli(['doctor', '--url', server.url, '--json'])).out);
      assert.deepEqual([data.ok, data.servers[0].kind, data.servers[0].window], [true, 'vllm', 202_752]);
      const chinese = await cli(['doctor', '--url', server.url], { LANG: 'zh_CN.UTF-8' });
      assert.match(chinese.out, /上下文窗口/);
      await server.dispose();
    });

    it('asks the hosted API whether it takes the key', async () => {
      let isRight = false;
      const server = await startHostedStandin(({ path }) => {
        if (path === '/models') return { type: 'application/json', pieces: ['{"data":[{"id":"glm-5.3"}]}'] };
        if (isRight) return { type: 'application/json', pieces: ['{"usage":{"prompt_tokens":6}}'] };
        const body = '{"error":{"code":"1002","message":"令牌无效"}}';
        return { status: 401, type: 'application/json', pieces: [body] };
      });
      const args = ['doctor', '--backend', 'hosted', '--url', server.url];
      const wrong = await cli(args, { GLM_API_KEY: 'id.secret' });
      isRight = true;
      const right = await cli(args, { GLM_API_KEY: 'id.secret' });
      await server.dispose();
      assert.equal(wrong.code, 1);
      assert.match(wrong.out, /did not accept the API key/);
      assert.equal(right.code, 0);
      assert.match(right.out, /The API key is accepted[\s\S]*glm-4\.7 is not among the models that it lists: glm-5\.3/);
      assert.equal((wrong.out + right.out).includes('secret'), false);
    });
  });
});
