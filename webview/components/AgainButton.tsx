import { useContext } from 'preact/hooks';
import type { WayToAskAgain } from '../../extension/protocol/reading.ts';
import { post } from '../vscodeApi.ts';
import { Chat } from './chatContext.ts';

/** A button that asks the last question once more, with other files. */
export function AgainButton({
  way,
  label,
  primary,
}: {
  readonly way: WayToAskAgain;
  readonly label: string;
  readonly primary?: boolean;
}) {
  const { focusInput } = useContext(Chat);
  const ask = () => {
    post({ type: 'askAgain', way });
    // The button goes away with the keyboard in it, once files were chosen.
    focusInput();
  };
  return (
    <button type="button" class={`button ${primary ? '' : 'secondary'}`} onClick={ask}>
      {label}
    </button>
  );
}
