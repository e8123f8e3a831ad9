import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { Announcer } from './Announcer.tsx';
import { IconButton } from './IconButton.tsx';
import { Turn } from './Turn.tsx';
import { useStickToEnd } from './useStickToEnd.ts';
import { Welcome } from './Welcome.tsx';

/** The conversation so far, scrolled to its end unless the user reads further up. */
export function Transcript({ turns }: { readonly turns: readonly TurnView[] }) {
  const log = useRef<HTMLDivElement>(null);
  const { atEnd, scrollToEnd } = useStickToEnd(log, turns);

  // What the user says is shown, wherever they had scrolled to.
  const said = turns.findLast(({ role }) => role === 'user')?.id;
  useEffect(() => {
    if (said !== undefined) scrollToEnd();
  }, [said]);

  return (
    <div class="transcript">
      {/* The announcer speaks instead of the log, which changes with every token. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled with the keyboard */}
      <div class="log" role="log" aria-live="off" aria-label={l10n.t('Conversation')} tabIndex={0} ref={log}>
        {turns.length === 0 ? <Welcome /> : turns.map((turn) => <Turn key={turn.id} turn={turn} />)}
      </div>
      {!atEnd && <IconButton icon="arrow-down" label={l10n.t('Scroll to End')} class="to-end" onClick={scrollToEnd} />}
      <Announcer turn={turns.at(-1)} />
    </div>
  );
}
