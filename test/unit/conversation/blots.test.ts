import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseEditBlocks } from '../../../extension/core/conversation/editBlocks.ts';
import { hidden } from '../../../extension/core/conversation/edits/blots.ts';
import { fileChanges } from '../../../extension/core/conversation/edits/fileChanges.ts';
import { withoutSecrets } from '../../../extension/core/repository/secrets/withoutSecrets.ts';

const token = 'ghp_0123456789abcdefghij';
const key = '-----BEGIN KEY-----\nMIIabc\nMIIdef\n-----END KEY-----';
const text = `const name = 'x';\nconst token = '${token}';\nconst pem = \`${key}\`;\nuse(token, pem);\n/*** a title ***/\n`;
const shown = withoutSecrets(text, [token, key]);

const block = (search: string, replace: string, path = 'a.ts') =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
const whole = (content: string, path = 'a.ts') => `${path}\n<<<<<<< FILE\n${content}\n>>>>>>> FILE\n`;

/** What an answer makes of the file, of which the model was shown no secrets. */
function edited(answer: string, path = 'a.ts') {
  const texts = new Map([['a.ts', text]]);
  const { changes, refusals } = fileChanges(parseEditBlocks(answer), texts, { shown: new Map([['a.ts', shown]]) });
  const change = changes.find((each) => each.path === path);
  return {
    after: change && 'after' in change ? change.after : undefined,
    refused: refusals.map(({ reason }) => reason),
  };
}
const stars = (value: string) => '*'.repeat(value.length);
const secretLine = `const token = '${stars(token)}';`;

describe('a secret that a model was not shown', () => {
  it('stays where its line is copied, as it was shown in an attachment or in the pack', () => {
    assert.ok(!shown.includes(token) && !shown.includes('MII'));
    for (const line of [secretLine, "const token = '[secret removed]';", "const token = '*****';"]) {
      const { after, refused } = edited(block(`const name = 'x';\n${line}`, `const name = 'y';\n${line}`));
      assert.deepEqual(refused, [], line);
      assert.equal(after, text.replace("'x'", "'y'"), line);
    }
  });

  it('stays in a file that is written whole, also one of several lines', () => {
    const asPacked = shown
      .replace(stars(token), '[secret removed]')
      .replace(stars(key), `[secret removed]${'\n'.repeat(3)}`);
    for (const view of [shown, asPacked]) {
      const { after, refused } = edited(whole(view.replace("'x'", "'y'").trimEnd()));
      assert.deepEqual(refused, []);
      assert.equal(after, text.replace("'x'", "'y'"));
    }
  });

  it('is never overwritten with what stood in its place: such an edit is refused', () => {
    for (const line of [
      `const secret = '${stars(token)}';`,
      "const secret = '****';",
      "const token = '[secret removed]' as string;",
    ]) {
      assert.deepEqual(edited(block("const name = 'x';", `const name = 'x';\n${line}`)), {
        after: undefined,
        refused: ['secret not shown'],
      });
      assert.deepEqual(edited(whole(shown.replace(secretLine, line).trimEnd())).refused, ['secret not shown'], line);
    }
  });

  it('does not move into another file', () => {
    for (const answer of [block('', secretLine, 'b.ts'), whole("const token = '[secret removed]';", 'b.ts')]) {
      assert.deepEqual(edited(answer, 'b.ts'), { after: undefined, refused: ['secret not shown'] });
    }
  });

  it('may be taken out, and stars that are none of it stay stars', () => {
    const { after } = edited(block('/*** a title ***/', '/*** another ***/\nlet a = b ***c;'));
    assert.equal(
      after,
      text.replace('a title', 'another').replace('another ***/\n', 'another ***/\nlet a = b ***c;\n'),
    );
    assert.equal(edited(block(secretLine, 'const token = env.TOKEN;')).after, text.replace(`'${token}'`, 'env.TOKEN'));
    const plain = new Map([['b.md', 'a\n']]);
    const { changes } = fileChanges(parseEditBlocks(block('a', '*****', 'b.md')), plain);
    assert.equal(changes.length, 1);
  });

  it('is not in a passage that goes back to the model', () => {
    const passage = hidden(`const token = '${token}';\nMIIdef\n`, { text, shown });
    assert.equal(passage, `${secretLine}\n******\n`);
  });
});
