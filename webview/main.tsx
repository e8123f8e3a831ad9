import './style.css';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import type { HostMessage } from '../extension/protocol/chat.ts';
import { App } from './components/App.tsx';
import { createStore } from './store.ts';
import { post } from './vscodeApi.ts';

const root = document.getElementById('app');
if (!root) throw new Error('The page has no #app.');

/** Milliseconds of drawing above which streamed text waits for longer than a frame. */
const slow = 30;
let cost = 0;

const receive = createStore(
  (page) => {
    const began = performance.now();
    render(<App page={page} />, root);
    cost = performance.now() - began;
  },
  (callback) => {
    if (cost < slow) requestAnimationFrame(callback);
    // What takes long to draw is drawn seldom, so that the page answers to its user in between.
    else setTimeout(() => requestAnimationFrame(callback), 3 * cost);
  },
);

window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
  // Before anything is drawn, so that no text is in the wrong language first.
  if (data.type === 'state') l10n.config({ contents: data.l10n });
  receive(data);
});
post({ type: 'ready' });
