import './style.css';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import type { HostMessage } from '../extension/protocol/chat.ts';
import { App } from './components/App.tsx';
import { createStore } from './store.ts';
import { post } from './vscodeApi.ts';

const root = document.getElementById('app');
if (!root) throw new Error('The page has no #app.');

const receive = createStore(
  (page) => render(<App page={page} />, root),
  (callback) => requestAnimationFrame(callback),
);

window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
  // Before anything is drawn, so that no text is in the wrong language first.
  if (data.type === 'state') l10n.config({ contents: data.l10n });
  receive(data);
});
post({ type: 'ready' });
