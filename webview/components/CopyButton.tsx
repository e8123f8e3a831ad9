import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import { post } from '../vscodeApi.ts';
import { IconButton } from './IconButton.tsx';

/** Milliseconds for which the button says that it has copied. */
const confirmation = 1500;

/** Puts a text on the clipboard, by way of the host. */
export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), confirmation);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () => {
    post({ type: 'copy', text });
    setCopied(true);
  };
  return copied ? (
    <IconButton icon="check" label={l10n.t('Copied')} class="copy" onClick={copy} />
  ) : (
    <IconButton icon="copy" label={label ?? l10n.t('Copy')} class="copy" onClick={copy} />
  );
}
