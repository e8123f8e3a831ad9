import './style.css';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import type { DiagnosticsHostMessage, DiagnosticsState } from '../../extension/protocol/diagnostics.ts';
import { Doctor } from './Doctor.tsx';
import { ask } from './host.ts';
import { Probe } from './Probe.tsx';

const root = document.getElementById('app');
if (!root) throw new Error('The page has no #app.');

function Page({ state }: { readonly state: DiagnosticsState }) {
  return state.view === 'doctor' ? <Doctor doctor={state.doctor} /> : <Probe probe={state.probe} />;
}

window.addEventListener('message', ({ data }: MessageEvent<DiagnosticsHostMessage>) => {
  // Before anything is drawn, so that no text is in the wrong language first.
  l10n.config({ contents: data.l10n });
  render(<Page state={data.state} />, root);
});
ask('ready');
