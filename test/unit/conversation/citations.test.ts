import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { placeName, withAttachments } from '../../../extension/core/conversation/attachments.ts';
import { type Citation, withVerdicts } from '../../../extension/core/conversation/citations/citation.ts';
import { createCitationCheck } from '../../../extension/core/conversation/citations/citationCheck.ts';
import type { CheckPorts } from '../../../extension/core/conversation/citations/openFiles.ts';
import { readTurn } from '../../../extension/core/conversation/history/turnGuard.ts';
import type { Packer } from '../../../extension/core/ports.ts';
import { diskFiles } from '../../../extension/node/diskFiles.ts';
import { createNodePacker } from '../../../extension/node/nodePacker.ts';
import { makeWorkspace, shop, type TestWorkspace } from '../../support/workspace.ts';

const never = new AbortController().signal;
const soon = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('the check of citations', () => {
  let workspace: TestWorkspace;
  let packer: Packer;
  before(async () => {
    const key = `sk-proj-${'aB3dE5gH7j'.repeat(5)}`;
    const wide = `const wide = '${'x'.repeat(400)}';\n`;
    const long = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join('\n');
    workspace = await makeWorkspace({
      ...shop,
      'src/keys.ts': `const key = '${key}';\n${wide}`,
      'long.txt': long,
      'src/pem.ts': `const pem = \`-----BEGIN PRIVATE KEY-----\n${`${'Ab1+'.repeat(16)}\n`.repeat(20)}-----END PRIVATE KEY-----\`;\n`,
    });
    packer = createNodePacker({ distribution: 'dist' }, { encoding: 'none', count: async (all) => all.map(() => 0) });
  });
  after(() => workspace.dispose());

  const begin = (ports: Partial<CheckPorts> = {}, signal = never) =>
    createCitationCheck(
      { root: workspace.folder, overlay: {}, exclude: [] },
      { files: diskFiles, packer, ...ports },
      signal,
    );
  const check = async (answer: string, ports: Partial<CheckPorts> = {}): Promise<Citation[]> => {
    const citations = begin(ports);
    citations.push(answer);
    return citations.finish();
  };

  it('tells of a place as soon as its sentence is whole, and of the next one later', async () => {
    const citations = begin();
    const words = ['Tax is added by `withTax` (`src/pri', 'ce.ts:8-10`)', '. ', 'It', ' is rounded'];
    const known: number[] = [];
    let told: Citation[] = [];
    for (const word of words) {
      citations.push(word);
      for (let tries = 0; tries < 100 && told.length === 0 && word === 'It'; tries++) {
        await soon();
        told = withVerdicts(told, citations.news());
      }
      known.push(told.length);
    }
    assert.deepEqual(known, [0, 0, 0, 1, 1]);
    citations.push(' by `formatPrice` (`src/price.ts:2`)');
    assert.deepEqual(citations.news(), []);
    const [last] = await citations.finish();
    assert.equal(last?.status, 'moved');
  });

  it('waits for the code below a place before it judges', async () => {
    const citations = begin();
    citations.push('It is in `src/price.ts:8-10`:\n\n');
    await soon();
    assert.deepEqual(citations.news(), []);
    citations.push('```ts\nexport function addTip(price: Price): Price {\n  return tip(price);\n}\n```\n');
    const [told] = await citations.finish();
    assert.equal(told?.reason, 'the code shown is not in this file');
  });

  it('tells of a place again only when its verdict is another', async () => {
    const citations = begin();
    citations.push('`withTax` is in `src/price.ts:8`. It is there (`src/price.ts:8`). ');
    assert.equal((await citations.finish()).length, 1);
    citations.push('`withTip` is in `src/price.ts:8`.');
    const [changed] = await citations.finish();
    assert.equal(changed?.status, 'wrong');
    citations.push('\n\n`withTax` is in `src/price.ts:8`.');
    assert.deepEqual(await citations.finish(), []);
  });

  it('forgets what was taken back', async () => {
    const citations = begin();
    citations.push('See `src/none.ts:1`. And');
    citations.takeBack();
    citations.push('See `src/price.ts:1`.');
    assert.deepEqual(
      (await citations.finish()).map(({ path }) => path),
      ['src/price.ts'],
    );
  });

  it('forgets no more than what was said since a tool was used', async () => {
    const citations = begin();
    citations.push('`withTip` is in `src/price.ts:8`');
    citations.part();
    citations.push('See `src/none.ts:1`. And');
    citations.takeBack();
    citations.push('`withTax` is in `src/price.ts:8`.');
    assert.deepEqual(
      (await citations.finish()).map(({ path, reason }) => [path, reason]),
      [['src/price.ts', 'withTip is not in this file']],
    );
  });

  it('reads each file once, and lets each pass the gate once', async () => {
    const read: string[] = [];
    let screened = 0;
    const counting: CheckPorts = {
      files: {
        read(root, path, maxBytes) {
          read.push(path);
          return diskFiles.read(root, path, maxBytes);
        },
      },
      packer: {
        screen(request, signal) {
          screened++;
          return packer.screen(request, signal);
        },
        alike: packer.alike,
      },
    };
    const all =
      'See `src/price.ts:1`, `src/price.ts:2` and `lib/price.ts:3`. Then `src/basket.ts:1` and `src/price.ts:9`.';
    assert.equal((await check(all, counting)).length, 5);
    assert.deepEqual(read.toSorted(), ['lib/price.ts', 'src/basket.ts', 'src/price.ts']);
    assert.equal(screened, 2);
  });

  it('shows the first lines of a place, long ones cut', async () => {
    const [price, whole, wide] = await check('See `src/price.ts:8-10`, `long.txt:1-40` and `src/keys.ts:2`.');
    assert.equal(price?.preview, shop['src/price.ts']?.split('\n').slice(7, 10).join('\n'));
    assert.equal(whole?.preview?.split('\n').length, 12);
    assert.equal(wide?.preview?.length, 160);
  });

  it('shows no secrets', async () => {
    const [place] = await check('See `src/keys.ts:1`.');
    assert.equal(place?.status, 'verified');
    assert.match(place?.preview ?? '', /^const key = '\*{58}';$/);
  });

  it('shows no part of a secret of many lines', async () => {
    const [place] = await check('See `src/pem.ts:4-18`.');
    assert.equal(place?.status, 'verified');
    assert.match(place?.preview ?? '', /^[*\n]+$/);
  });

  it('judges, but shows nothing, where the gate fails', async () => {
    const broken = { screen: () => Promise.reject(new Error('no worker')), alike: packer.alike };
    const [place] = await check('See `withTax` in `src/price.ts:8`.', { packer: broken });
    assert.equal(place?.status, 'verified');
    assert.equal(place?.preview, undefined);
  });

  it('says that there is no such file where the folder cannot be listed', async () => {
    const broken = { screen: packer.screen, alike: () => Promise.reject(new Error('no git')) };
    const [place] = await check('See `lib/price.ts:8`.', { packer: broken });
    assert.equal(place?.reason, 'there is no such file');
  });

  it('comes to an end with any text', async () => {
    const size = 100_000;
    const hostile = [
      'a',
      ' ',
      '`',
      '` ',
      '``` ',
      '(',
      ', ',
      '"',
      "'x",
      'aB',
      'a_',
      'a.',
      '.',
      '|',
      '\t',
      '你',
      '..',
      '…',
    ];
    for (const text of hostile) {
      const long = text.repeat(size / text.length);
      for (const answer of [`${long}src/price.ts:8`, `\`src/price.ts:8\`${long}`, `\`${long}\` (\`src/price.ts:8\`)`]) {
        const citations = begin();
        for (let at = 0; at < answer.length; at += 1_000) citations.push(answer.slice(at, at + 1_000));
        for (const { path } of await citations.finish()) assert.match(path, /price\.ts/);
      }
    }
  });

  it('comes to an end in any file', async () => {
    const lines = ['public ', 'a b ', 'withTax(', '    ', 'x']
      .map((text) => text.repeat(200_000 / text.length))
      .join('\n');
    const citations = createCitationCheck(
      { root: workspace.folder, overlay: { 'src/price.ts': `${lines}\nwithTax` }, exclude: [] },
      { files: diskFiles, packer },
      never,
    );
    citations.push('`public withTax(a)` and `b` and `const withTax = a + public` (`src/price.ts:1-2`).');
    assert.equal((await citations.finish()).length, 1);
  });

  it('ends when it is aborted', async () => {
    const work = new AbortController();
    const asked = Promise.withResolvers<void>();
    const screen = () => {
      asked.resolve();
      return new Promise<never>((_, fail) => work.signal.addEventListener('abort', fail));
    };
    const hangs = { screen, alike: packer.alike };
    const citations = begin({ packer: hangs }, work.signal);
    citations.push('See `src/price.ts:8`. And');
    const finished = citations.finish();
    await asked.promise;
    work.abort(new Error('stopped'));
    await assert.rejects(finished, /stopped/);
  });
});

describe('citations that were kept', () => {
  const turn = { id: '1', role: 'assistant', text: 'a', reasoning: '', status: 'done', attached: [] };
  const place = { path: 'a.ts', startLine: 1, endLine: 2 };

  it('are read with what they were told with', () => {
    const to = { path: 'b.ts', startLine: 3, endLine: 4 };
    const moved = { ...place, verified: false, status: 'moved', to, reason: 'why', preview: 'x' };
    assert.deepEqual(readTurn({ ...turn, citations: [moved] })?.citations, [moved]);
  });

  it('are read with what the parts of a repository found', () => {
    const good = { ...place, verified: true, status: 'verified', to: { path: 'b/a.ts', startLine: 1, endLine: 2 } };
    const survey = { state: 'done', requests: 3, tokens: 9, files: 2, parts: [], findings: 'x' };
    const read = readTurn({ ...turn, citations: [], survey: { ...survey, citations: [good, { path: 7 }] } });
    assert.deepEqual(read?.survey?.citations, [good]);
    assert.deepEqual(readTurn({ ...turn, citations: [], survey })?.survey?.citations, []);
  });

  it('are read from before there was more to tell, and without what is damaged', () => {
    const read = readTurn({
      ...turn,
      citations: [
        { ...place, verified: true },
        { ...place, verified: false },
        { ...place, verified: false, status: 'moved', to: { path: 1 }, reason: 3, preview: {} },
      ],
    });
    assert.deepEqual(read?.citations, [
      { ...place, verified: true, status: 'verified' },
      { ...place, verified: false, status: 'wrong' },
      { ...place, verified: false, status: 'wrong' },
    ]);
  });
});

describe('attachments', () => {
  it('come before the question, in fences that their text cannot close', () => {
    const text = 'a\n```\nb';
    const message = withAttachments('why?', [{ path: 'a.md', languageId: 'markdown', text, lines: [2, 4] }]);
    assert.equal(message, 'a.md:2-4\n````markdown\na\n```\nb\n````\n\nwhy?');
    assert.equal(placeName({ path: 'x.ts' }), 'x.ts');
  });
});
