import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Attachment } from '../../extension/core/conversation/attachments.ts';
import { screen } from '../../extension/editor/chat/screenedContext.ts';
import { root } from './editor.ts';

describe('what is attached of another folder than the conversation is about', () => {
  let other: string;
  before(async () => {
    other = await mkdtemp(join(tmpdir(), 'glm-coder-other-'));
    await writeFile(join(other, 'same.ts'), 'other\n');
    await symlink(tmpdir(), join(other, 'out'));
  });
  after(() => rm(other, { recursive: true }));

  it('passes the gate of its own folder, and is named after it', async () => {
    const asked: string[] = [];
    const glm = {
      async screen(folder: string | undefined, some: readonly Attachment[]) {
        asked.push(...some.map(({ path }) => `${folder} ${path}`));
        const isRefused = ({ path }: Attachment) => path === '.env';
        const refused = some.filter(isRefused).map(({ path }) => ({ path, reason: 'may hold secrets' }));
        return { attachments: some.filter((each) => !isRefused(each)), refused };
      },
    };
    const file = (path: string, folder?: string): Attachment => ({
      ...{ path, languageId: '', text: path },
      ...(folder === undefined ? {} : { root: folder }),
    });
    const mine = root().fsPath;
    const all = [
      file('same.ts', mine),
      file('terminal'),
      file('same.ts', other),
      file('.env', other),
      file('out/a', other),
    ];
    const { attachments, refused } = await screen(glm, mine, all, AbortSignal.timeout(9_000));
    const name = basename(other);
    assert.deepEqual(
      attachments.map(({ path }) => path),
      ['same.ts', 'terminal', `${name}/same.ts`],
    );
    assert.deepEqual(asked, [`${mine} same.ts`, `${mine} terminal`, `${other} same.ts`, `${other} .env`]);
    assert.deepEqual(refused, [
      { path: `${name}/out/a`, reason: 'leads out of the folder' },
      { path: `${name}/.env`, reason: 'may hold secrets' },
    ]);
    // What was screened is screened once more when it is sent, under the name that it has by then.
    const again = await screen(glm, mine, attachments, AbortSignal.timeout(9_000));
    assert.deepEqual(again.attachments, attachments);
  });
});
