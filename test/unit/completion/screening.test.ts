import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createScreen } from '../../../extension/core/completion/screening.ts';
import type { Screening } from '../../../extension/core/ports.ts';
import { withoutSecrets } from '../../../extension/core/repository/secrets/withoutSecrets.ts';

const secretsOf = (text: string): Screening => ({ secrets: text.match(/key-\w+/g) ?? [] });

/** A screen whose clock stands still, and the texts that it has looked at. */
function sit(answer: (text: string) => Promise<Screening> = async (text) => secretsOf(text)) {
  const looked: string[] = [];
  const clock = { now: 0 };
  const screen = createScreen(
    (text) => {
      looked.push(text);
      return answer(text);
    },
    () => clock.now,
  );
  return { screen, looked, clock };
}

describe('screening a file', () => {
  it('looks every few keys while somebody types', async () => {
    const { screen, looked } = sit();
    const text = 'token = key-123;\n// 你好 😀';
    for (let length = 0; length < 20; length++)
      assert.deepEqual(await screen.check(text + 'x'.repeat(length)), { secrets: ['key-123'] });
    assert.deepEqual(
      looked.map(({ length }) => length - text.length),
      [0, 8, 16],
    );
  });

  it('looks at an empty file, too', async () => {
    const { screen, looked } = sit(async () => ({ refused: 'ignored' }));
    assert.deepEqual(await screen.check(''), { refused: 'ignored' });
    assert.deepEqual(looked, ['']);
  });

  it('knows the secrets of what was pasted before anything is asked', async () => {
    const { screen } = sit();
    assert.deepEqual(await screen.check('a = '), { secrets: [] });
    assert.deepEqual(await screen.check('a = key-12345678901234'), { secrets: ['key-12345678901234'] });
  });

  it('lets nobody wait for that, up to what only pasting brings', async () => {
    let answer: ((screening: Screening) => void) | undefined;
    const { screen } = sit((text) =>
      text === ''
        ? Promise.resolve({ secrets: [] })
        : new Promise((resolve) => {
            answer = resolve;
          }),
    );
    for (let length = 0; length < 16; length++)
      assert.deepEqual(await screen.check('x'.repeat(length)), { secrets: [] });
    const next = screen.check('x'.repeat(16));
    answer?.({ secrets: ['xxx'] });
    assert.deepEqual(await next, { secrets: ['xxx'] });
  });

  it('knows a secret that was pasted over another text', async () => {
    const { screen } = sit();
    await screen.check('key = "your-key-goes-in-here"');
    assert.deepEqual(await screen.check('key = "key-1234567890abcdefg"'), { secrets: ['key-1234567890abcdefg'] });
    await screen.check('a'.repeat(5_000));
    assert.deepEqual(await screen.check(`${'b'.repeat(3_000)} key-1234567890abcdef`), {
      secrets: ['key-1234567890abcdef'],
    });
  });

  it('knows a secret that was edited', async () => {
    const { screen } = sit();
    await screen.check('a = "key-1234567890"');
    assert.deepEqual(await screen.check('a = "key-123456789"'), { secrets: ['key-123456789'] });
  });

  it('looks again after a minute: the file may be ignored by now', async () => {
    let isIgnored = false;
    const { screen, clock } = sit(async () => (isIgnored ? { refused: 'ignored' } : { secrets: [] }));
    await screen.check('a');
    isIgnored = true;
    clock.now = 60_000;
    assert.deepEqual(await screen.check('a'), { secrets: [] });
    clock.now = 60_001;
    await screen.check('a');
    await setImmediate();
    assert.deepEqual(await screen.check('a'), { refused: 'ignored' });
  });

  it('lets nothing pass that could not be looked at, and tries again', async () => {
    let fails = true;
    const { screen } = sit(async (text) => (fails ? Promise.reject(new Error('no scanner')) : secretsOf(text)));
    await assert.rejects(screen.check('a = key-1'), /no scanner/);
    await assert.rejects(screen.check('a = key-1'), /no scanner/);
    fails = false;
    assert.deepEqual(await screen.check('a = key-1'), { secrets: ['key-1'] });
  });

  it('survives a failure behind the back of the user', async () => {
    let fails = false;
    const { screen, clock } = sit(async () => (fails ? Promise.reject(new Error('no scanner')) : { secrets: [] }));
    await screen.check('a');
    fails = true;
    clock.now = 60_001;
    await screen.check('a');
    await setImmediate();
    await assert.rejects(screen.check('a'), /no scanner/);
  });
});

describe('a text without its secrets', () => {
  const rows: readonly (readonly [string, string, readonly string[], string])[] = [
    ['loses each of them, wherever it stands', 'k1 = abc; k2 = xyz; abc', ['abc', 'xyz'], 'k1 = ***; k2 = ***; ***'],
    ['stays the same where there are none', 'a = 1;\r\n', [], 'a = 1;\r\n'],
    ['loses one that begins another', 'k=abcdef', ['abc', 'abcdef'], 'k=******'],
    ['may be empty', '', ['abc'], ''],
    ['is not read as a pattern', 'a.c abc $& (x', ['a.c', '$&', '(x'], '*** abc ** **'],
    ['keeps its length over several lines', '-\r\nab\r\ncd\r\n-', ['ab\r\ncd'], '-\r\n******\r\n-'],
    ['keeps the places of Chinese and emoji', '密码 = 密钥😀; 好', ['密钥😀'], '密码 = ****; 好'],
  ];
  for (const [name, text, secrets, expected] of rows)
    it(name, () => {
      const safe = withoutSecrets(text, secrets);
      assert.equal(safe, expected);
      assert.equal(safe.length, text.length);
    });
});
