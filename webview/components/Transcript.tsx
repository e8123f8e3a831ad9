import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { Turn } from './Turn.tsx';
import { Welcome } from './Welcome.tsx';

/** Pixels from the end within which the view counts as being there. */
const nearEnd = 24;

/** What a screen reader is told: whole answers, not every token. */
function announcement(turns: readonly TurnView[]): string {
  const last = turns.at(-1);
  if (last?.role !== 'assistant') return '';
  switch (last.status) {
    case 'done':
      return last.text;
    case 'failed':
    case 'stopped':
      return l10n.t('The answer ended early.');
    default:
      return l10n.t('GLM Coder is answering.');
  }
}

/** The conversation; it follows the end unless the user has scrolled away from it. */
export function Transcript({ turns }: { readonly turns: readonly TurnView[] }) {
  const box = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);

  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (following) toEnd();
  });

  function scrolled(): void {
    const { current } = box;
    if (current) setFollowing(current.scrollHeight - current.scrollTop - current.clientHeight < nearEnd);
  }

  return (
    <div class="transcript-frame">
      <div class="transcript" ref={box} onScroll={scrolled}>
        {turns.length === 0 && <Welcome />}
        {turns.map((turn) => (
          <Turn key={turn.id} turn={turn} />
        ))}
      </div>
      {!following && (
        <button type="button" class="to-end secondary" onClick={toEnd} aria-label={l10n.t('Scroll to the end')}>
          <span class="codicon codicon-arrow-down" aria-hidden="true" />
        </button>
      )}
      <div class="announcer" role="log" aria-live="polite">
        {announcement(turns)}
      </div>
    </div>
  );
}
