import './style.css';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import type { InspectorHostMessage } from '../../extension/protocol/inspector.ts';
import { App } from './App.tsx';
import { post } from './host.ts';
import { blank, reduce } from './state.ts';

const root = document.getElementById('app');
if (!root) throw new Error('The page has no #app.');

let state = blank;
window.addEventListener('message', ({ data }: MessageEvent<InspectorHostMessage>) => {
  // Before anything is drawn, so that no text is in the wrong language first.
  if (data.type === 'start') l10n.config({ contents: data.l10n });
  state = reduce(state, data);
  render(<App state={state} />, root);
});
post({ type: 'ready' });
