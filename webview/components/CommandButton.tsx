import type { PageCommand } from '../../extension/protocol/chat.ts';
import { post } from '../vscodeApi.ts';

/** What a command button says and runs. */
interface CommandButtonProps {
  readonly command: PageCommand;
  readonly label: string;
  readonly icon?: string;
  readonly secondary?: boolean;
}

/** A button that runs one of the extension's commands. */
export function CommandButton({ command, label, icon, secondary }: CommandButtonProps) {
  return (
    <button
      type="button"
      class={`button ${secondary ? 'secondary' : ''}`}
      onClick={() => post({ type: 'command', command })}
    >
      {icon && <span class={`codicon codicon-${icon}`} aria-hidden="true" />}
      {label}
    </button>
  );
}
