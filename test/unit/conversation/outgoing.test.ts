import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filesOfDiff } from '../../../extension/core/conversation/filesOfDiff.ts';
import { readProjectRules } from '../../../extension/core/conversation/projectRules.ts';
import { rulesFor } from '../../../extension/core/conversation/rules.ts';
import { screenAttachments } from '../../../extension/core/conversation/screened.ts';
import { slashCommands, slashIn, writtenOut } from '../../../extension/core/conversation/slashCommands.ts';
import type { Screening, ScreenRequest } from '../../../extension/core/ports.ts';

const never = new AbortController().signal;

/** A gate that refuses what is private, and knows one secret. */
const packer = {
  screen: async ({ path }: ScreenRequest): Promise<Screening> =>
    path.startsWith('private/') ? { refused: 'ignored' } : { secrets: ['s3cret'] },
};

const attachment = (path: string, text: string) => ({ path, languageId: 'text', text });

describe('a slash command', () => {
  it('is a word after a slash at the beginning', () => {
    assert.deepEqual(slashIn('/fix  the loop\nplease'), { name: 'fix', rest: 'the loop\nplease' });
    assert.deepEqual(slashIn('/测试'), { name: '测试', rest: '' });
    for (const text of ['fix', ' /fix', '/ fix', '/usr/bin/env', '//', '/fix/it'])
      assert.equal(slashIn(text), undefined, text);
  });

  it('is written out for the model, with the further words behind it', () => {
    for (const { name, instruction } of slashCommands) {
      assert.equal(writtenOut(`/${name}`, []), instruction);
      // One that has nothing to say by itself stands for how the question is asked.
      const before = instruction === '' ? '' : `${instruction}\n\n`;
      assert.equal(writtenOut(`/${name} 用中文`, []), `${before}用中文`);
    }
    assert.equal(writtenOut('/all where is tax?', []), 'where is tax?');
  });

  it('of the user stands for a file that is attached, and is else what it says', () => {
    assert.equal(writtenOut('/release now', []), '/release now');
    assert.match(
      writtenOut('/release now', ['.glm/prompts/release.md']),
      /^Do what \.glm\/prompts\/release\.md says.*\n\nnow$/,
    );
  });
});

describe('what goes along with a message', () => {
  it('passes the gate: what is refused is told, secrets are blotted out', async () => {
    const all = [attachment('a.ts', 'key = s3cret;'), attachment('private/b.ts', 'x')];
    assert.deepEqual(await screenAttachments(packer, '/w', all, [], never), {
      attachments: [attachment('a.ts', 'key = ******;')],
      refused: [{ path: 'private/b.ts', reason: 'ignored' }],
    });
  });

  it('does not pass a gate that fails', async () => {
    const broken = { screen: async () => Promise.reject(new Error('no scanner')) };
    await assert.rejects(screenAttachments(broken, '/w', [attachment('a', 'b')], [], never), /no scanner/);
  });
});

describe("a project's own rules", () => {
  const read = (texts: Readonly<Record<string, string>>) =>
    readProjectRules(
      {
        packer,
        files: {
          read: async (_, path) => {
            const text = texts[path];
            return text === undefined
              ? Promise.reject(new Error('not there'))
              : { bytes: new TextEncoder().encode(text) };
          },
        },
      },
      '/w',
      [],
      never,
    );

  it('come from two files, without secrets', async () => {
    const rules = await read({ 'AGENTS.md': 'Use tabs. s3cret', '.glm/rules.md': 'Answer in verse.' });
    assert.match(rules, /from AGENTS\.md:\n\nUse tabs\. \*{6}\n\n.*from \.glm\/rules\.md:\n\nAnswer in verse\.$/);
    assert.match(rulesFor('chat', rules), /Answer in verse\.\n\nThe files of the user's repository follow/);
  });

  it('are none where there are no such files, or empty ones', async () => {
    assert.equal(await read({}), '');
    assert.equal(await read({ 'AGENTS.md': ' \n' }), '');
    assert.equal(rulesFor('edit'), rulesFor('edit', ''));
  });
});

describe('the files of a diff', () => {
  it('have their parts of it, by the path that they have by then', () => {
    const changed =
      'diff --git a/src/a.ts b/src/a.ts\nindex 1..2\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-a\n+b\n';
    const gone =
      'diff --git a/old.ts b/old.ts\ndeleted file mode 100644\n--- a/old.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n';
    const moved = 'diff --git a/x.ts b/y z.ts\nsimilarity index 100%\nrename from x.ts\nrename to y z.ts\n';
    assert.deepEqual(filesOfDiff(changed + gone + moved), [
      { path: 'src/a.ts', text: changed },
      { path: 'old.ts', text: gone },
      { path: 'y z.ts', text: moved },
    ]);
    assert.deepEqual(filesOfDiff(''), []);
  });

  it('are not fooled by lines that look like a head', () => {
    const text = 'diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-x\n+diff --git a/c b/c\n';
    assert.equal(filesOfDiff(text).length, 1);
  });
});
