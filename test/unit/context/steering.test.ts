import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { packedSources } from '../../../extension/core/context/packedSources.ts';
import { excludedPatternsOf, readSteering } from '../../../extension/core/context/steered.ts';
import { levels, type Pack, type PackRequest, type Steering } from '../../../extension/core/pack.ts';
import type { Packer, Tokenizer } from '../../../extension/core/ports.ts';
import { createNodePacker } from '../../../extension/node/nodePacker.ts';
import { createTiktoken } from '../../../extension/node/tiktoken.ts';
import { makeWorkspace, type TestWorkspace } from '../../support/workspace.ts';
import { random } from '../node/chatsSupport.ts';

const never = new AbortController().signal;
const areas = ['account', 'basket', 'catalogue', 'delivery', 'export'];
const topics = ['price', 'stock', 'order', 'invoice', 'customer', 'tax'];

/** A module that imports its neighbour and declares a few things. */
function module(area: string, topic: string, at: number): string {
  const next = topics[(at + 1) % topics.length];
  const functions = Array.from(
    { length: 2 + ((at * 7) % 5) },
    (_, i) => `/** Finds the ${topic} number ${i} of an ${area}. */
export function ${topic}${i}Of(${area}: string): ${topic}Result {
  const found = ${next}0Of(${area});
  return { name: \`${topic} \${found.name}\`, value: ${i} };
}
`,
  );
  return `import { ${next}0Of } from './${next}.ts';

/** What is found of a ${topic}. */
export interface ${topic}Result {
  readonly name: string;
  readonly value: number;
}

${functions.join('\n')}`;
}

const files: Record<string, string> = Object.fromEntries([
  ['README.md', '# A shop\n\nPrices are kept in cents, and taxed at the counter.\n'],
  ['src/huge.ts', Array.from({ length: 1_500 }, (_, i) => `export const price${i} = ${i};\n`).join('')],
  ['logo.png', 'not really'],
  ...areas.flatMap((area) => topics.map((topic, at) => [`src/${area}/${topic}.ts`, module(area, topic, at)])),
]);
const paths = Object.keys(files);
const cursor = { path: 'src/basket/order.ts', line: 12, column: 1 };
const places: readonly Partial<PackRequest>[] = [{}, { question: 'how is the tax of an invoice found?' }, { cursor }];

describe('what the user decides about packs', () => {
  let workspace: TestWorkspace;
  let tokenizer: Tokenizer;
  let packer: Packer;
  const pack = (request: Partial<PackRequest>): Promise<Pack> =>
    packer.pack({ root: workspace.folder, budget: 4_000, ...request }, never);
  const reasonOut = (made: Pack, path: string) => made.omitted.find((each) => each.path === path)?.reason;

  before(async () => {
    workspace = await makeWorkspace(files);
    tokenizer = await createTiktoken(resolve('dist'));
    packer = createNodePacker({ distribution: resolve('dist') }, tokenizer);
  });
  after(() => workspace.dispose());

  it('changes nothing where nothing was decided: the packs of before, to the byte', async () => {
    const digests: string[] = [];
    for (const place of places)
      for (const budget of [300, 2_000, 8_000]) {
        const { text, files: packed, omitted } = await pack({ ...place, budget });
        const plain = packed.map(({ path, level, tokens, ranges }) => [path, level, tokens, ranges]);
        digests.push(hash('sha1', JSON.stringify([text, plain, omitted])).slice(0, 12));
        assert.equal(text, (await pack({ ...place, budget, steering: {} })).text);
      }
    // Taken from the packer as it is without anything that can be decided.
    assert.deepEqual(
      digests,
      'd9cf30aaa527 82210b134bd3 913aee221df2 c9c90c9274e4 53ba3b196eda 98743af46cbd 8c07c52c0903 94f5bad1d387 4a402ee8ef03'.split(
        ' ',
      ),
    );
  });

  it('packs pins first and whole, whatever is asked, so that prompts begin alike', async () => {
    const steering = { pinned: [{ path: 'src/export/stock.ts' }, { path: 'README.md' }] };
    const made = await Promise.all(places.map((place) => pack({ ...place, steering })));
    for (const { files: packed, text } of made) {
      assert.deepEqual(
        packed.slice(0, 2).map(({ path, level, reason }) => [path, level, reason]),
        [
          ['README.md', 'full', 'pinned by you'],
          ['src/export/stock.ts', 'full', 'pinned by you'],
        ],
      );
      assert.ok(text.startsWith(`###PATH: README.md\n${files['README.md']}###PATH: src/export/stock.ts\n`));
      assert.equal(packed.filter(({ path }) => path === 'README.md').length, 1);
    }
  });

  it('has every level, and reads each back', async () => {
    for (const level of levels) {
      const path = 'src/delivery/tax.ts';
      for (const place of places) {
        const made = await pack({ ...place, steering: { pinned: [{ path, level }] } });
        const [first] = made.files;
        // Passages are found for questions only; elsewhere declarations stand for them.
        const expected = level === 'excerpt' && !place.question ? 'skeleton' : level;
        assert.equal(first?.path, path);
        assert.ok(first.level === expected || (expected === 'excerpt' && first.level === 'full'), first.level);
        const own = packedSources(made).filter((source) => source.path === path);
        assert.equal(own.length === 0, level === 'name');
        const lines = String(files[path]).split('\n');
        for (const { text, firstLine } of own) assert.equal(text.split('\n')[0], lines[firstLine - 1]);
        for (const source of packedSources(made)) assert.ok(!source.text.startsWith('###PATH'), source.path);
      }
    }
  });

  it('says why a pin is not in, or not whole', async () => {
    const steering = { pinned: [{ path: 'src/huge.ts' }, { path: 'logo.png' }, { path: 'gone.ts' }] };
    const plain = await pack({ budget: 500, question: 'invoice', steering });
    assert.match(reasonOut(plain, 'src/huge.ts') ?? '', /^pinned by you, but /);
    assert.equal(reasonOut(plain, 'logo.png'), 'binary');
    assert.equal(reasonOut(plain, 'gone.ts'), 'pinned by you, but there is no such file that may be read');
    const partly = await pack({ budget: 2_000, question: 'which price 77?', steering });
    const huge = partly.files.find(({ path }) => path === 'src/huge.ts');
    assert.equal(huge?.reason, 'pinned by you, though there is room for this much only');
  });

  it('leaves the file at the cursor alone, pinned or excluded', async () => {
    for (const steering of [{ pinned: [{ path: cursor.path }] }, { excluded: [cursor.path] }]) {
      const made = await pack({ cursor, steering });
      assert.equal(reasonOut(made, cursor.path), 'sent on its own, as the file at the cursor');
      assert.ok(made.files.every(({ path }) => path !== cursor.path));
    }
  });

  it('obeys the nearest rule, and of two as near the exclusion', () => {
    const steered = readSteering({
      pinned: [{ path: 'src' }, { path: 'src/a/b.ts', level: 'name' }, { path: './lib/' }],
      excluded: ['src/a', 'lib'],
      levels: { src: 'skeleton', 'src/c.ts': 'full' },
    });
    assert.equal(steered.isExcluded('src/a/c.ts'), true);
    assert.equal(steered.isExcluded('src/a/b.ts'), false);
    assert.equal(steered.isExcluded('src/ab.ts'), false);
    assert.equal(steered.isExcluded('lib/x.ts'), true);
    assert.deepEqual(steered.pinOf('src/a/b.ts'), { path: 'src/a/b.ts', level: 'name' });
    assert.equal(steered.pinOf('src/a/c.ts'), undefined);
    assert.deepEqual(steered.pinOf('src/d.ts'), { path: 'src' });
    assert.equal(steered.levelOf('src/c.ts'), 'full');
    assert.equal(steered.levelOf('src/a/x.ts'), 'skeleton');
    assert.equal(steered.levelOf('other.ts'), undefined);
  });

  it('keeps what is excluded from whoever goes by ignore patterns, too', async () => {
    const excluded = ['src/basket', './README.md'];
    assert.deepEqual(excludedPatternsOf({ excluded: [...excluded, 'a [b]*.ts'] }), [
      '/src/basket',
      '/README.md',
      '/a\\ \\[b\\]\\*.ts',
    ]);
    const made = await pack({ budget: 40_000, exclude: excludedPatternsOf({ excluded }) });
    assert.ok(made.files.length > 10);
    assert.ok(made.files.every(({ path }) => !path.startsWith('src/basket/') && path !== 'README.md'));
    await pack({});
  });

  it('gives every file the level that was set, where it gets in', async () => {
    const path = 'src/account/tax.ts';
    for (const place of places.slice(1))
      for (const level of levels) {
        const made = await pack({ ...place, budget: 12_000, steering: { levels: { [path]: level } } });
        const file = made.files.find((each) => each.path === path);
        const expected = level === 'excerpt' && !place.question ? 'skeleton' : level;
        assert.ok(file, `${level} ${JSON.stringify(place)}`);
        assert.ok(file.level === expected || (level === 'excerpt' && file.level === 'full'), `${level}: ${file.level}`);
        assert.match(file.reason ?? '', /; at the level that you set$/);
      }
  });

  it('holds to its promises, whatever is decided', async () => {
    const next = random(7);
    const any = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
    const some = (most: number): string[] =>
      Array.from({ length: Math.floor(next() * (most + 1)) }, () => {
        const path = any(paths);
        return next() < 0.3 ? path.split('/').slice(0, -1).join('/') || path : path;
      });
    for (let round = 0; round < 120; round++) {
      const steering: Steering = {
        pinned: some(4).map((path) => (next() < 0.5 ? { path } : { path, level: any(levels) })),
        excluded: some(3),
        levels: Object.fromEntries(some(4).map((path) => [path, any(levels)])),
      };
      const request = { ...any(places), budget: any([0, 40, 300, 1_000, 3_000, 9_000, 40_000]), steering };
      const made = await pack(request);
      const say = `round ${round}: ${JSON.stringify(request)}`;
      const [counted] = await tokenizer.count([made.text]);
      assert.equal(made.tokens, counted, say);
      assert.ok(made.tokens <= request.budget, say);
      const steered = readSteering(steering);
      const packed = new Set(made.files.map(({ path }) => path));
      assert.equal(packed.size, made.files.length, say);
      for (const path of paths.filter((each) => steered.isExcluded(each))) {
        assert.ok(!packed.has(path), `${path} in ${say}`);
        assert.ok(!made.text.includes(`###PATH: ${path}`), `${path} in ${say}`);
        const reasons = ['excluded by you', 'sent on its own, as the file at the cursor', 'binary'];
        assert.ok(reasons.includes(reasonOut(made, path) ?? ''), `${path} in ${say}`);
      }
      // A pin that is not in at its level did not fit behind those before it.
      for (const path of paths) {
        const pin = steered.pinOf(path);
        if (!pin || path === request.cursor?.path || path === 'logo.png') continue;
        const file = made.files.find((each) => each.path === path);
        if (file?.reason === 'pinned by you') continue;
        const reason = file?.reason ?? reasonOut(made, path) ?? '';
        assert.match(reason, /^pinned by you, (but|though)/, `${path} in ${say}`);
        const [, takes, left] = /takes (\d+) tokens and (\d+) are left/.exec(reason) ?? [];
        if (takes) assert.ok(Number(takes) > Number(left), say);
      }
      assert.equal(JSON.stringify(await pack(request)), JSON.stringify(made), say);
    }
  });

  it('lets a pin in as soon as it fits to the token', async () => {
    const path = 'src/export/tax.ts';
    const [exact = 0] = await tokenizer.count([`###PATH: ${path}\n${files[path]}`]);
    const steering = { pinned: [{ path }] };
    const fits = await pack({ budget: exact, steering });
    assert.deepEqual([fits.tokens, fits.files.map((file) => file.path)], [exact, [path]]);
    const tight = await pack({ budget: exact - 1, steering });
    assert.equal(reasonOut(tight, path), `pinned by you, but it takes ${exact} tokens and ${exact - 1} are left`);
  });
});
