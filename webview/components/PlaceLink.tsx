import * as l10n from '@vscode/l10n';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { CitationView } from '../../extension/protocol/citation.ts';
import { showControls } from '../controlCharacters.ts';
import { post } from '../vscodeApi.ts';
import { PlacePreview } from './PlacePreview.tsx';

/** Milliseconds for which the mouse must rest on a link before its preview shows, and be away before it goes. */
const beforeShowing = 300;
const beforeHiding = 150;

/** A cited place that can be opened. The mouse and the keyboard show what stands there; Escape hides it. */
export function PlaceLink({ citation, text }: { readonly citation: CitationView; readonly text: string }) {
  const { to, preview, reason, status } = citation;
  const moved = status === 'moved' ? to : undefined;
  const { path, startLine, endLine } = to ?? citation;
  const id = useId();
  const link = useRef<HTMLButtonElement>(null);
  const timer = useRef<number>(undefined);
  const [isShown, setShown] = useState(false);

  function later(show: boolean, milliseconds: number): void {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setShown(show && preview !== undefined), milliseconds);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!isShown) return;
    const hide = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // It would stop the answer as well.
      event.stopPropagation();
      later(false, 0);
    };
    const left = ({ target }: Event) => {
      // The lines of the preview can be scrolled themselves.
      if (target instanceof Element && target.closest('.place-preview')) return;
      later(false, 0);
    };
    window.addEventListener('keydown', hide, true);
    window.addEventListener('scroll', left, true);
    return () => {
      window.removeEventListener('keydown', hide, true);
      window.removeEventListener('scroll', left, true);
    };
  }, [isShown]);

  function open(): void {
    later(false, 0);
    post({ type: 'open', path, startLine, endLine });
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard has the button in it
    <span onMouseEnter={() => later(true, beforeShowing)} onMouseLeave={() => later(false, beforeHiding)}>
      <button
        ref={link}
        type="button"
        class={`citation ${moved ? 'moved' : ''}`}
        {...(preview === undefined ? { title: l10n.t('Open {0}', text) } : {})}
        {...(isShown ? { 'aria-describedby': id } : {})}
        onClick={open}
        onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && later(true, 0)}
        onBlur={() => later(false, beforeHiding)}
      >
        {moved ? (
          <Moved text={text} to={moved} isSameFile={moved.path === citation.path} reason={reason} />
        ) : (
          showControls(text)
        )}
      </button>
      {isShown && preview !== undefined && (
        <PlacePreview id={id} anchor={link} place={{ path, startLine, endLine }} code={preview} note={reason} />
      )}
    </span>
  );
}

interface MovedProps {
  readonly text: string;
  readonly to: NonNullable<CitationView['to']>;
  readonly isSameFile: boolean;
  readonly reason: string | undefined;
}

function Moved({ text, to, isSameFile, reason }: MovedProps) {
  const lines = to.startLine === to.endLine ? `${to.startLine}` : `${to.startLine}-${to.endLine}`;
  return (
    <>
      <span class="was">{showControls(text)}</span>
      <span aria-hidden="true"> → </span>
      <span class="visually-hidden">{` ${reason ?? ''}: `}</span>
      <span>{isSameFile ? lines : showControls(`${to.path}:${lines}`)}</span>
    </>
  );
}
