import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../store.ts';
import { post } from '../vscodeApi.ts';
import { ArrivingFiles } from './arrivingFiles.ts';
import { Composer } from './Composer.tsx';
import { Transcript } from './Transcript.tsx';

/** The whole page; empty until the host has told what to show. */
export function App({ page: { chat, ...page } }: { readonly page: Page }) {
  const busy = chat?.busy === true;
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!busy) return;
    const stopOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) post({ type: 'stop' });
    };
    window.addEventListener('keydown', stopOnEscape);
    return () => window.removeEventListener('keydown', stopOnEscape);
  }, [busy]);

  if (!chat) return null;
  return (
    <>
      <ArrivingFiles.Provider value={chat.arriving}>
        <Transcript turns={chat.turns} busy={busy} focusInput={() => input.current?.focus()} />
      </ArrivingFiles.Provider>
      <Composer chat={chat} {...page} input={input} />
    </>
  );
}
