import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatState, HostMessage, TurnView } from '../../../extension/protocol/chat.ts';
import { createStore, type Page } from '../../../webview/store.ts';

const turn = (id: string, more: Partial<TurnView> = {}): TurnView => ({
  id,
  role: 'assistant',
  text: '',
  reasoning: '',
  status: 'streaming',
  attached: [],
  citations: [],
  ...more,
});
const chat: ChatState = { kind: 'chat', turns: [], chips: [], backend: {}, busy: false };
const begin: HostMessage = { type: 'state', state: chat, l10n: {} };

function open() {
  const shown: Page[] = [];
  const frames: (() => void)[] = [];
  const receive = createStore(
    (page) => shown.push(page),
    (callback) => frames.push(callback),
  );
  const frame = () => {
    for (const callback of frames.splice(0)) callback();
  };
  return { shown, receive, frame };
}

describe('the page', () => {
  it('shows streamed text once a frame, and loses none of it', () => {
    const { shown, receive, frame } = open();
    receive(begin);
    receive({ type: 'turn', turn: turn('1'), busy: true });
    const before = shown.length;
    for (const text of ['a', 'b', 'c']) receive({ type: 'append', id: '1', to: 'text', text });
    receive({ type: 'append', id: '1', to: 'reasoning', text: 'r' });
    assert.equal(shown.length, before);
    frame();
    assert.equal(shown.length, before + 1);
    assert.equal(shown.at(-1)?.chat?.turns[0]?.text, 'abc');
    assert.equal(shown.at(-1)?.chat?.turns[0]?.reasoning, 'r');
  });

  it('shows what is not streamed at once, with the text that waited for its frame', () => {
    const { shown, receive, frame } = open();
    receive(begin);
    receive({ type: 'turn', turn: turn('1'), busy: true });
    receive({ type: 'append', id: '1', to: 'text', text: 'x' });
    receive({ type: 'chips', chips: [{ id: 'file', label: 'a.ts', included: true }] });
    assert.equal(shown.at(-1)?.chat?.turns[0]?.text, 'x');
    const count = shown.length;
    frame();
    assert.equal(shown.length, count);
  });

  it('leaves turns alone that a message is not about', () => {
    const { shown, receive, frame } = open();
    receive({ ...begin, state: { ...chat, turns: [turn('1', { text: 'one' }), turn('2')] } });
    const first = shown.at(-1)?.chat?.turns[0];
    receive({ type: 'append', id: '2', to: 'text', text: 'x' });
    receive({ type: 'append', id: 'gone', to: 'text', text: 'x' });
    frame();
    assert.equal(shown.at(-1)?.chat?.turns[0], first);
    receive({ type: 'turn', turn: turn('2', { text: 'done', status: 'done' }), busy: false });
    assert.equal(shown.at(-1)?.chat?.turns[0], first);
    assert.deepEqual(
      shown.at(-1)?.chat?.turns.map(({ text }) => text),
      ['one', 'done'],
    );
  });

  it('notices every request for the keyboard, also one before the state', () => {
    const { shown, receive } = open();
    receive({ type: 'focus' });
    receive(begin);
    receive({ type: 'focus' });
    assert.deepEqual(
      shown.map(({ focusRequests }) => focusRequests),
      [1, 1, 2],
    );
  });

  it('counts what was chosen for a sign', () => {
    const { shown, receive } = open();
    receive(begin);
    receive({ type: 'chosen' });
    receive({ type: 'chosen' });
    assert.deepEqual(
      shown.map(({ choices }) => choices),
      [0, 1, 2],
    );
  });
});
