import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import type { ErrorView } from '../../extension/protocol/chat.ts';
import type { DiagnosticsPageMessage } from '../../extension/protocol/diagnostics.ts';
import { ask } from './host.ts';

/** What an action button says and asks the host for. */
interface ActionProps {
  readonly request: DiagnosticsPageMessage['type'];
  readonly label: string;
  readonly icon?: string;
  readonly secondary?: boolean;
  readonly disabled?: boolean;
  /** Told after the host was asked. */
  readonly then?: () => void;
}

/** A button that asks the host for something. */
export function Action({ request, label, icon, secondary, disabled, then }: ActionProps) {
  const click = () => {
    ask(request);
    then?.();
  };
  return (
    <button type="button" class={`button ${secondary ? 'secondary' : ''}`} disabled={disabled ?? false} onClick={click}>
      {icon && <span class={`codicon codicon-${icon}`} aria-hidden="true" />}
      {label}
    </button>
  );
}

/** A part of the page under a heading of its own. */
export function Section({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** What went wrong, and what to do about it. */
export function Failure({ error }: { readonly error: ErrorView }) {
  return (
    <div class="failure" role="alert">
      <p>
        <span class="codicon codicon-error" aria-hidden="true" /> {error.summary}
      </p>
      {error.nextStep && <p class="quiet">{error.nextStep}</p>}
      <Action request="showLog" label={l10n.t('Show Log')} secondary />
    </div>
  );
}

/** A row of figures with their names. */
export function Figures({ figures }: { readonly figures: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
