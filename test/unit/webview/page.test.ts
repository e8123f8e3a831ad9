import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ChatState, isPageMessage, type TurnView } from '../../../extension/protocol/chat.ts';
import { reduce } from '../../../webview/state.ts';

const turn = (id: string, text = ''): TurnView => ({
  id,
  role: 'assistant',
  text,
  reasoning: '',
  status: 'streaming',
  attached: [],
  citations: [],
});
const empty: ChatState = { kind: 'chat', turns: [], chips: [], backend: {}, busy: false };

describe('the page', () => {
  it('adds, replaces and extends turns', () => {
    const added = reduce(empty, { type: 'turn', turn: turn('1', 'a'), busy: true });
    const extended = reduce(added, { type: 'append', id: '1', to: 'text', text: 'b' });
    assert.equal(extended?.turns[0]?.text, 'ab');
    assert.equal(extended?.busy, true);
    const replaced = reduce(extended, { type: 'turn', turn: { ...turn('1', 'ab'), status: 'done' }, busy: false });
    assert.deepEqual(
      replaced?.turns.map(({ status }) => status),
      ['done'],
    );
    assert.equal(reduce(undefined, { type: 'chips', chips: [] }), undefined);
  });

  it('is believed only in whole messages', () => {
    assert.equal(isPageMessage({ type: 'open', path: 'a', startLine: 1, endLine: 2 }), true);
    for (const bad of [
      null,
      'x',
      {},
      { type: 'open', path: 'a', startLine: 0, endLine: 1 },
      { type: 'command', command: 'rm' },
      { type: 'send' },
    ]) {
      assert.equal(isPageMessage(bad), false, JSON.stringify(bad));
    }
  });
});
