import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Attachment } from '../../../extension/core/conversation/attachments.ts';
import { type ChosenContext, createAddedContext } from '../../../extension/editor/chat/addedContext.ts';
import type { ScreenedContext } from '../../../extension/editor/chat/screenedContext.ts';

const file = (path: string, text = path): Attachment => ({ path, languageId: 'text', text });

/** Lets everything pass but what is called so. */
const screen = async (attachments: readonly Attachment[]): Promise<ScreenedContext> => ({
  counted: attachments
    .filter(({ path }) => path !== 'secret')
    .map((attachment) => ({ attachment, tokens: attachment.text.length })),
  refused: attachments
    .filter(({ path }) => path === 'secret')
    .map(({ path }) => ({ path, reason: 'may hold secrets' })),
});

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('what the user has added', () => {
  const create = (screens = screen) => {
    let changes = 0;
    const added = createAddedContext(
      screens,
      (error) => String((error as Error).message),
      () => void changes++,
    );
    const add = (label: string, ...attachments: Attachment[]) =>
      added.add({ label, read: async () => ({ label, attachments }) });
    return { added, add, changes: () => changes };
  };

  it('is there at once, and counted once it is read and screened', async () => {
    const { added, add, changes } = create();
    add('a.ts', file('a.ts', 'four'));
    assert.deepEqual(
      added.all.map(({ label, screened }) => [label, screened]),
      [['a.ts', undefined]],
    );
    await tick();
    assert.deepEqual(
      added.all[0]?.screened?.counted.map(({ tokens }) => tokens),
      [4],
    );
    assert.equal(changes(), 2);
  });

  it('tells why nothing of it goes along, and what of it does not', async () => {
    const { added, add } = create();
    add('secret', file('secret'));
    add('both', file('secret'), file('b.ts'));
    added.add({ label: 'gone', read: () => Promise.reject(new Error('it is gone')) });
    added.add({
      label: 'folder/',
      read: async () => ({
        label: 'folder/',
        attachments: [],
        leftOut: [
          { path: 'x', reason: 'binary' },
          { path: 'y', reason: 'empty' },
        ],
      }),
    });
    await tick();
    assert.deepEqual(
      added.all.map(({ refused, leftOut }) => [refused, leftOut.map(({ reason }) => reason)]),
      [
        ['may hold secrets', ['may hold secrets']],
        [undefined, ['may hold secrets']],
        ['it is gone', []],
        ['nothing in it can be sent', ['binary', 'empty']],
      ],
    );
    assert.deepEqual(
      (await added.take()).map(({ path }) => path),
      ['b.ts'],
    );
  });

  it('is the last of its name', async () => {
    const { added, add } = create();
    add('Problems', file('problems', 'old'));
    add('Problems', file('problems', 'new'));
    assert.deepEqual(
      (await added.take()).map(({ text }) => text),
      ['new'],
    );
    assert.deepEqual(added.all, []);
  });

  it('is waited for by who sends it, and goes along once', async () => {
    const { added } = create();
    let finish = (_: ChosenContext): void => {};
    added.add({ label: 'src/', read: () => new Promise((resolve) => (finish = resolve)) });
    const taken = added.take();
    await tick();
    assert.equal(added.all.length, 1);
    finish({ label: 'src/', attachments: [file('src/')] });
    assert.deepEqual(
      (await taken).map(({ path }) => path),
      ['src/'],
    );
    assert.deepEqual(await added.take(), []);
  });

  it('is no longer read when it is taken away', async () => {
    const { added } = create();
    let signal: AbortSignal | undefined;
    added.add({
      label: 'src/',
      read: (given) => {
        signal = given;
        return new Promise((_, reject) => given.addEventListener('abort', () => reject(given.reason)));
      },
    });
    await tick();
    added.remove(added.all[0]?.id ?? '');
    assert.equal(signal?.aborted, true);
    await tick();
    assert.deepEqual(added.all, []);
    assert.deepEqual(await added.take(), []);
  });
});
