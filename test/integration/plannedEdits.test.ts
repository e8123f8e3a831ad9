import assert from 'node:assert/strict';
import type { Backend, ChatMessage } from '../../extension/core/backend/backend.ts';
import { createFormatRecord } from '../../extension/core/conversation/edits/formatRecord.ts';
import type { ConversationRequest } from '../../extension/core/conversation/requests.ts';
import { screenAttachments } from '../../extension/core/conversation/screened.ts';
import type { Glm } from '../../extension/core/glm.ts';
import type { Pack } from '../../extension/core/pack.ts';
import { type Conversation, createConversation } from '../../extension/editor/chat/conversation.ts';
import { createProposals, type Proposals } from '../../extension/editor/chat/proposals.ts';
import { shownTo } from '../../extension/editor/chat/shownTo.ts';
import type { ArrivingFile } from '../../extension/protocol/chat.ts';
import { closeAll, eventually, root, writeFile } from './editor.ts';

const secret = 'sk-0123456789abcdef';
const edit = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
const planOf = (...paths: readonly string[]) =>
  `I do it.\n\nFILES\n${paths.map((path) => `- ${path}: rename`).join('\n')}\n`;
const pack: Pack = { budget: 9, tokens: 9, encoding: 'cl100k_base', files: [], omitted: [], text: 'repository' };

/** A core whose model says what the test wants, and whose tokens are characters. */
function fakeGlm(answers: (string | ((signal: AbortSignal) => Promise<string>))[], window = 131_072) {
  const requests: ConversationRequest[] = [];
  const formats = createFormatRecord();
  const backend = { kind: 'local', label: 'fake', window, writesEdits: true } as unknown as Backend;
  const packer = {
    screen: async ({ path }: { path: string }) =>
      path.endsWith('.private') ? { refused: 'ignored' } : { secrets: [secret] },
  };
  const glm = {
    formats,
    probe: async () => ({ backend, reason: '' }),
    projectRules: async () => '',
    count: async (texts: readonly string[]) => texts.map((text) => text.length),
    screen: (...[folder, attachments, exclude, signal]: Parameters<Glm['screen']>) =>
      screenAttachments(packer, folder, attachments, exclude, signal),
    async *edit(request: ConversationRequest, signal: AbortSignal) {
      requests.push(request);
      if (request.planned && !request.pack) yield { type: 'packed', pack };
      const answer = answers.shift() ?? '';
      yield { type: 'text', text: typeof answer === 'string' ? answer : await answer(signal) };
      yield { type: 'finish', reason: 'stop' };
    },
  } as unknown as Glm;
  return { glm, requests, formats };
}

describe('edits over the repository', () => {
  let proposals: Proposals;
  let conversation: Conversation;
  let arrived: (readonly ArrivingFile[])[] = [];
  afterEach(async () => {
    conversation.stop();
    proposals.dispose();
    await closeAll();
  });

  function begin(glm: Glm): Conversation {
    arrived = [];
    proposals = createProposals({ faults: async () => [] }, { shown: shownTo(glm) });
    const listener = {
      put() {},
      append() {},
      cut() {},
      arriving: (_: string, files: readonly ArrivingFile[]) => void arrived.push(files),
    };
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    conversation = createConversation('edit', { glm, log, proposals, root: root().fsPath, listener });
    return conversation;
  }
  const last = () => conversation.turns.at(-1);
  const lastMessage = (request: ConversationRequest | undefined): string => request?.messages.at(-1)?.content ?? '';

  it('of few files are written without asking, with their secrets kept', async () => {
    await writeFile('plan/a.ts', `const key = '${secret}';\nconst one = 1;\n`);
    await writeFile('plan/b.ts', 'const two = 2;\n');
    const stars = '*'.repeat(secret.length);
    const { glm, requests, formats } = fakeGlm([
      planOf('plan/a.ts', 'plan/b.ts'),
      `plan/a.ts\n<<<<<<< FILE\nconst key = '${stars}';\nconst eins = 1;\n>>>>>>> FILE\n${edit('plan/b.ts', 'const two = 2;', 'const zwei = 2;')}`,
    ]);
    await begin(glm).send('Rename them', []);
    assert.equal(last()?.status, 'done', JSON.stringify(last()?.error));
    assert.equal(last()?.plan?.state, 'written');
    assert.equal(requests.length, 2);
    assert.doesNotMatch(JSON.stringify(requests), new RegExp(secret));
    assert.deepEqual(requests[1]?.messages[0], requests[0]?.messages[0], 'the prompts begin alike');
    assert.equal(requests[1]?.pack, pack);
    const files = last()?.proposal?.files ?? [];
    assert.deepEqual(
      files.map(({ path, added, removed }) => `${path} +${added} -${removed}`),
      ['plan/a.ts +1 -1', 'plan/b.ts +1 -1'],
    );
    assert.deepEqual(last()?.proposal?.refused, []);
    assert.equal(formats.of('fake')?.file.exact, 1);
    assert.ok(arrived.length >= 2);
  });

  it('of many wait, can be changed, and are asked for in parts that begin alike', async () => {
    const names = ['c', 'd', 'e', 'f'].map((name) => `plan/${name}.ts`);
    for (const path of names) await writeFile(path, `const ${path.at(5)} = 1;\n${'// a long file\n'.repeat(700)}`);
    await writeFile('plan/x.private', 'mine\n');
    const blocks = names.map((path) => edit(path, `const ${path.at(5)} = 1;`, 'const renamed = 1;'));
    const { glm, requests } = fakeGlm([
      planOf(...names, 'plan/x.private', 'plan/new.ts'),
      `${blocks[0]}${blocks[1]}`,
      `${blocks[2]}${blocks[3]}`,
    ]);
    await begin(glm).send('Rename them', []);
    const turn = last();
    assert.equal(turn?.plan?.state, 'open');
    assert.equal(requests.length, 1);
    assert.deepEqual(
      turn?.plan?.files.map(({ path, kind, chosen }) => `${path} ${kind} ${chosen}`),
      [...names.map((path) => `${path} change true`), 'plan/x.private change false', 'plan/new.ts make true'],
    );
    const id = turn?.id ?? '';
    await conversation.choose(id, 'plan/d.ts', false);
    await conversation.choose(id, 'plan/new.ts', false);
    await conversation.choose(id, 'plan/x.private', true);
    assert.equal(last()?.plan?.files.filter(({ chosen }) => chosen).length, 3, 'what may not be sent cannot be chosen');

    await conversation.writePlan(id);
    assert.equal(requests.length, 3);
    const [plan, first, second] = requests.map(({ messages }) => messages);
    const head = (messages: readonly ChatMessage[] | undefined) => messages?.slice(0, 2);
    assert.deepEqual(head(first), [plan?.[0], { role: 'assistant', content: turn?.text }]);
    assert.deepEqual(head(second), head(first));
    assert.deepEqual([first?.length, second?.length], [3, 3]);
    for (const request of requests.slice(1)) assert.ok(lastMessage(request).length < 30_000);
    assert.match(lastMessage(requests[1]), /come later[^\n]*\n- plan\/f\.ts/);
    assert.match(lastMessage(requests[2]), /written before[\s\S]*plan\/c\.ts/);
    assert.deepEqual(
      last()?.proposal?.files.map(({ path }) => path),
      ['plan/c.ts', 'plan/e.ts', 'plan/f.ts'],
    );
    assert.deepEqual(
      last()?.proposal?.refused.map(({ path }) => path),
      ['plan/d.ts'],
    );
  });

  it('that were stopped can be written anew', async () => {
    const names = ['g', 'h', 'i', 'j'].map((name) => `plan/${name}.ts`);
    for (const path of names) await writeFile(path, 'const one = 1;\n');
    const stopped = (signal: AbortSignal) =>
      new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const blocks = names.map((path) => edit(path, 'const one = 1;', 'const two = 1;')).join('');
    const { glm, requests } = fakeGlm([planOf(...names), stopped, blocks]);
    await begin(glm).send('Rename them', []);
    const id = last()?.id ?? '';
    const writing = conversation.writePlan(id);
    await eventually('the edits are asked for', () => requests.length === 2);
    conversation.stop();
    await writing;
    assert.deepEqual([last()?.status, last()?.plan?.state], ['stopped', 'writing']);
    await conversation.writePlan(id);
    assert.deepEqual([last()?.status, last()?.plan?.state], ['done', 'written']);
    assert.equal(last()?.proposal?.files.length, 4);
    assert.deepEqual(requests[2]?.messages, requests[1]?.messages);
    await conversation.writePlan(id);
    assert.equal(requests.length, 3, 'once written, a plan is done');
  });

  it('are not planned where the files are attached, and a file that is refused again is asked for whole', async () => {
    await writeFile('plan/k.ts', 'const one = 1;\n');
    const wrong = edit('plan/k.ts', 'const none = 1;', 'x');
    const { glm, requests, formats } = fakeGlm([
      wrong,
      wrong,
      'plan/k.ts\n<<<<<<< FILE\nconst two = 1;\n>>>>>>> FILE\n',
    ]);
    formats.add('fake', [['block', 'refused', 9]]);
    const attachment = { path: 'plan/k.ts', languageId: 'typescript', text: 'const one = 1;\n' };
    await begin(glm).send('Call it two', [attachment]);
    assert.deepEqual(
      requests.map(({ planned, prefersWhole }) => [planned, prefersWhole]),
      [
        [false, true],
        [false, true],
        [false, true],
      ],
    );
    assert.match(lastMessage(requests[1]), /copy them exactly/);
    assert.match(lastMessage(requests[2]), /FILE block.*const one = 1;/s);
    assert.equal(last()?.proposal?.files[0]?.added, 1);
    assert.deepEqual(formats.of('fake')?.block, { exact: 0, trailing: 0, indent: 0, refused: 10, mended: 1 });
  });
});
