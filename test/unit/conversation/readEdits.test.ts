import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readEdits } from '../../../extension/core/conversation/edits/readEdits.ts';

const secret = 'sk-0123456789abcdef';
const files = new Map([
  ['a.ts', `const key = '${secret}';\nconst one = 1;\n`],
  ['b.ts', 'b\n'],
  ['private.ts', 'hidden line one\n'],
]);
const block = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

const ground = {
  texts: async (paths: readonly string[]) => new Map([...files].filter(([path]) => paths.includes(path))),
  shown: async (texts: ReadonlyMap<string, string>) =>
    new Map(
      [...texts]
        .filter(([path]) => path !== 'private.ts')
        .map(([path, text]) => [path, text.replaceAll(secret, '*'.repeat(secret.length))]),
    ),
};

describe('the edits of some answers', () => {
  it('are those of all parts of a planned refactor, each read by itself', async () => {
    const cutOff = 'b.ts\n<<<<<<< SEARCH\nb\n';
    const read = await readEdits(
      { written: [cutOff, block('a.ts', 'const one = 1;', 'const one = 2;')], mended: [] },
      ground,
    );
    assert.deepEqual(
      read?.changes.map(({ path }) => path),
      ['a.ts'],
    );
    assert.deepEqual(
      read?.refusals.map(({ path, reason }) => `${path} ${reason}`),
      ['b.ts cut off'],
    );
    assert.deepEqual(read?.outcomes, [
      ['block', 'exact'],
      ['block', 'refused'],
    ]);
  });

  it('tell the model what was refused without a secret, and nothing of a file that it may not see', async () => {
    const answer = block('a.ts', "const key = 'sk-other-9abcdef';", 'x') + block('private.ts', 'hidden line two', 'x');
    const { retry = '' } = (await readEdits({ written: [answer], mended: [] }, ground)) ?? {};
    assert.match(retry, /a\.ts, at/);
    assert.match(retry, /const key = '\*+'/);
    assert.doesNotMatch(retry, new RegExp(secret));
    assert.doesNotMatch(retry, /hidden line one/);
  });

  it('are asked for whole where they were refused before, without the secret, which comes back', async () => {
    const answers = { written: [block('a.ts', 'const two = 1;', 'x')], mended: [] as string[] };
    const again = await readEdits(answers, { ...ground, troubled: new Set(['a.ts']) });
    assert.match(again?.retry ?? '', /FILE block.*const key = '\*+';\nconst one = 1;/s);
    const stars = '*'.repeat(secret.length);
    answers.mended.push(`a.ts\n<<<<<<< FILE\nconst key = '${stars}';\nconst one = 2;\n>>>>>>> FILE\n`);
    const read = await readEdits(answers, ground);
    assert.deepEqual(read?.changes, [
      { kind: 'change', path: 'a.ts', before: files.get('a.ts'), after: files.get('a.ts')?.replace('= 1', '= 2') },
    ]);
    assert.deepEqual(read?.outcomes, [
      ['block', 'refused'],
      ['block', 'mended'],
    ]);
  });

  it('leave out files that the user does not want to be changed, and say so', async () => {
    const answer = block('a.ts', 'const one = 1;', 'x') + block('b.ts', 'nowhere', 'x');
    const read = await readEdits({ written: [answer], mended: [] }, { ...ground, leftOut: ['b.ts'] });
    assert.deepEqual(
      read?.changes.map(({ path }) => path),
      ['a.ts'],
    );
    assert.deepEqual([read?.refusals, read?.unwanted, read?.retry], [[], ['b.ts'], undefined]);
  });
});
