import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { ChatState, HostMessage } from '../extension/protocol/chat.ts';
import { Composer } from './components/Composer.tsx';
import { Transcript } from './components/Transcript.tsx';
import { reduce } from './state.ts';
import './style.css';
import { post } from './vscodeApi.ts';

/** Milliseconds: pieces of a stream that arrive within one frame are drawn together. */
const frame = 16;

const reduceAll = (state: ChatState | undefined, messages: readonly HostMessage[]): ChatState | undefined =>
  messages.reduce(reduce, state);

function App() {
  const [state, dispatch] = useReducer(reduceAll, undefined);
  const input = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    let queue: HostMessage[] = [];
    const flush = () => {
      dispatch(queue);
      if (queue.some(({ type }) => type === 'focus')) setTimeout(() => input.current?.focus());
      queue = [];
    };
    const receive = ({ data }: MessageEvent<HostMessage>) => {
      if (data.type === 'state') l10n.config({ contents: { ...data.l10n } });
      if (queue.length === 0) setTimeout(flush, frame);
      queue.push(data);
    };
    window.addEventListener('message', receive);
    post({ type: 'ready' });
    return () => window.removeEventListener('message', receive);
  }, []);

  if (!state) return null;
  return (
    <main>
      <Transcript turns={state.turns} />
      <Composer state={state} input={input} />
    </main>
  );
}

const root = document.getElementById('app');
if (root) render(<App />, root);
