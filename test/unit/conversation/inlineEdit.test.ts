import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Backend } from '../../../extension/core/backend/backend.ts';
import { BackendError } from '../../../extension/core/backend/backendError.ts';
import {
  type InlineEditEvent,
  type InlineEditPorts,
  InlineEditRefused,
  inlineEdit,
} from '../../../extension/core/conversation/inlineEdit/inlineEdit.ts';
import { rewriteRules } from '../../../extension/core/conversation/rules.ts';
import type { TurnEvent } from '../../../extension/core/conversation/turn.ts';
import { withoutSecrets } from '../../../extension/core/repository/secrets/withoutSecrets.ts';

const never = new AbortController().signal;
const password = 'hunter2-Tr0ub4dor';
const request = {
  root: '/shop',
  target: {
    path: 'src/login.ts',
    languageId: 'typescript',
    before: `const password = '${password}';\n\n`,
    selected: 'login(password);',
    after: '\n',
    insertSpaces: true,
    tabSize: 2,
  },
  instruction: 'Await it.',
  exclude: ['secret/'],
};

type Asked = Parameters<InlineEditPorts['rewrite']>[0];

const said = (...texts: string[]): TurnEvent[] => texts.map((text) => ({ type: 'text', text }));
const stop: TurnEvent = { type: 'finish', reason: 'stop' };

/** Ports on a model that answers each request in turn, with what was asked. */
function ports(...answers: (readonly TurnEvent[] | Error)[]): InlineEditPorts & { readonly asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    probe: async () => ({ backend: { window: 32_768 } as Backend }),
    projectRules: async () => 'Use tabs.',
    screen: async (_root, attachments) => ({
      attachments: attachments.map((each) => ({ ...each, text: withoutSecrets(each.text, [password]) })),
      refused: [],
    }),
    async *rewrite(what, signal) {
      asked.push(what);
      const answer = answers[asked.length - 1];
      if (answer instanceof Error) throw answer;
      for (const event of answer ?? []) {
        signal.throwIfAborted();
        yield event;
      }
    },
  };
}

const overflow = new BackendError({
  kind: 'overflow',
  summary: '',
  nextStep: '',
  retryable: false,
  detail: '',
});

const lastOf = (events: readonly InlineEditEvent[]) => {
  const last = events.at(-1);
  return last?.type === 'lines' ? last : undefined;
};

describe('an inline edit', () => {
  it('sends the file without its secrets, the project\u2019s rules and the instruction, and gives the new lines', async () => {
    const model = ports([...said('```ts\n', 'await login(password);\n', '```'), stop]);
    const events = await Array.fromAsync(inlineEdit(model, request, never));
    assert.deepEqual(lastOf(events), { type: 'lines', lines: ['await login(password);'], isWhole: true });
    assert.deepEqual(
      events.map(({ type }) => type),
      ['lines', 'lines', 'lines'],
    );
    const [asked] = model.asked;
    const content = asked?.messages[0]?.content ?? '';
    assert.ok(!content.includes(password));
    assert.match(content, /const password = '\*{17}';/);
    assert.ok(content.includes('Await it.'));
    assert.equal(asked?.projectRules, 'Use tabs.');
    assert.equal(asked?.thinking, false);
    assert.match(rewriteRules('Use tabs.'), /one fenced code block.*Use tabs\.$/s);
  });

  it('begins anew where what was said proves to have been thought', async () => {
    const model = ports([
      ...said('```ts\nwrong();\n```\n'),
      { type: 'take-back' },
      ...said('```ts\nright();\n```'),
      stop,
    ]);
    const events = await Array.fromAsync(inlineEdit(model, request, never));
    assert.deepEqual(lastOf(events)?.lines, ['right();']);
  });

  it('asks with less of the file where the server says that it is too long', async () => {
    const long = { ...request, target: { ...request.target, before: 'above();\n'.repeat(4_000) } };
    const model = ports(overflow, overflow, [...said('```\nok();\n```'), stop]);
    const events = await Array.fromAsync(inlineEdit(model, long, never));
    assert.deepEqual(lastOf(events)?.lines, ['ok();']);
    const [first = 0, second = 0, third = 0] = model.asked.map(({ messages }) => messages[0]?.content.length ?? 0);
    assert.ok(first > second && second > third, `${first} ${second} ${third}`);
    assert.ok(!model.asked[2]?.messages[0]?.content.includes('above'));
    await assert.rejects(Array.fromAsync(inlineEdit(ports(overflow, overflow, overflow), long, never)), overflow);
  });

  it('refuses what it must not write, each with its reason', async () => {
    const refuses = async (events: readonly TurnEvent[], words: RegExp) =>
      assert.rejects(
        Array.fromAsync(inlineEdit(ports(events), request, never)),
        (error) => error instanceof InlineEditRefused && words.test(error.message),
      );
    await refuses([...said("```\nlogin('*****************');\n```"), stop], /secret/);
    await refuses([...said("```\nlogin('******');\n```"), stop], /secret/);
    await refuses([...said('```\nlogin("[secret removed]");\n```'), stop], /secret/);
    await refuses([...said('I would rather not.'), stop], /without code/);
    await refuses([...said('```\nlogin(password);\n```'), stop], /no change/);
    await refuses([...said('```\nawait log'), { type: 'finish', reason: 'length' }], /cut off/);
    await refuses([...said('```\nawait log'), { type: 'finish', reason: 'aborted_by_server' }], /cut off/);
    await refuses([...said('```\nawait login();\n// ... existing code ...\n```'), stop], /left lines out/);
  });

  it('does not send a file that the gate refuses', async () => {
    const model = ports([stop]);
    const gate = async () => ({
      attachments: [],
      refused: [{ path: 'src/login.ts', reason: 'ignored by version control' }],
    });
    await assert.rejects(
      Array.fromAsync(inlineEdit({ ...model, screen: gate }, request, never)),
      (error) => error instanceof InlineEditRefused && error.message.includes('ignored by version control'),
    );
    assert.equal(model.asked.length, 0);
  });

  it('ends with the reason of the signal', async () => {
    const controller = new AbortController();
    const model = ports([...said('```\n', 'a();\n', '```'), stop]);
    const events = inlineEdit(model, request, controller.signal);
    await events.next();
    controller.abort(new Error('stopped'));
    await assert.rejects(Array.fromAsync(events), /stopped/);
  });
});
