import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createChatStore } from '../../../extension/node/history/chatStore.ts';
import { converse, must, newFolder, said } from './chatsSupport.ts';

describe('chats from earlier', () => {
  it('finds words in any language, in upper and lower case, each somewhere in the chat', async () => {
    const store = createChatStore(await newFolder());
    const make = async (question: string, answer: string) => {
      const { chat, writer } = await store.create({ kind: 'chat', root: undefined });
      await converse(writer, question, answer);
      await writer.close();
      return chat.id;
    };
    const filler = 'lorem ipsum '.repeat(30);
    const english = await make('Where is the Lexer?', `${filler}It is in src/lexer.ts (a+b).${filler}`);
    const chinese = await make('词法分析器在哪里？', `在 Straße/ÉTÉ 里。${'字'.repeat(200)}`);
    const emoji = await make('x', `${'😀'.repeat(30)}a终${'😀'.repeat(100)}`);
    const found = async (words: string) => (await store.search(words)).map(({ id }) => id);
    assert.deepEqual(await found('lexer WHERE'), [english]);
    assert.deepEqual(await found('(a+b)'), [english]);
    assert.deepEqual(await found('lexer nowhere'), []);
    assert.deepEqual(await found('法分析'), [chinese]);
    assert.deepEqual(await found('été'), [chinese]);
    assert.deepEqual(await found('  '), []);
    assert.deepEqual(new Set(await found('s')), new Set([english, chinese]));
    assert.equal((await store.search('s', 1)).length, 1);
    const [hit] = await store.search('(a+b)');
    assert.match(must(hit).snippet, /^…[\w ]+ It is in src\/lexer\.ts \(a\+b\)\.lorem[\w ]+…$/);
    const [cut] = await store.search('终');
    assert.deepEqual([must(cut).id, must(cut).snippet.isWellFormed()], [emoji, true]);
  });

  it('exports Markdown with reasoning folded, code as it is, and open code closed', async () => {
    const store = createChatStore(await newFolder());
    const { chat, writer } = await store.create({ kind: 'ask', root: '/r' });
    writer.title('On prices');
    writer.put(said('u', { role: 'user', text: 'why?', attached: ['a.ts:1-2'] }));
    const code = '```html\n<details>\n  ~~~\n</details>\n```';
    writer.put(said('a', { reasoning: `</details>\n${code}\n`, text: `See src/a.ts:3-4.\n\n${code}` }));
    const error = { summary: 'The server hung up.', nextStep: 'Ask again.' };
    writer.put(said('b', { status: 'failed', text: '````ts\nlet a = `b`;\n```', error }));
    assert.equal(
      await store.exportMarkdown(chat.id),
      `# On prices

## You

- \`a.ts:1-2\`

why?

## GLM Coder

<details>
<summary>Reasoning</summary>

&lt;/details>
${code}

</details>

See src/a.ts:3-4.

${code}

## GLM Coder

\`\`\`\`ts
let a = \`b\`;
\`\`\`
\`\`\`\`

> The server hung up.
`,
    );
    const edits = `I rename it.

src/__init__.py
<<<<<<< SEARCH
one
=======
\`\`\`
two
>>>>>>> REPLACE
<<<<<<< DELETE a.ts >>>>>>>
Then, in code as it is:
\`\`\`
<<<<<<< SEARCH
\`\`\`
b.ts
<<<<<<< FILE
cut`;
    writer.put(said('b', { text: edits }));
    assert.match(
      must(await store.exportMarkdown(chat.id)),
      /I rename it.\n\n.src\/__init__.py.\n\n`{4}text\n<{7} SEARCH\none\n={7}\n`{3}\ntwo\n>{7} REPLACE\n`{4}\n\n`{3}text\n<{7} DELETE a.ts >{7}\n`{3}\nThen, in code as it is:\n`{3}\n<{7} SEARCH\n`{3}\n.b.ts.\n\n`{3}text\n<{7} FILE\ncut\n`{3}\n/,
    );
    const german = { user: 'Du', assistant: 'GLM', reasoning: 'Überlegung', tools: 'Werkzeuge' };
    assert.match(must(await store.exportMarkdown(chat.id, german)), /## Du[\s\S]*Überlegung/);
    assert.equal(await store.exportMarkdown('none'), undefined);
    await store.dispose();
  });
});
