import * as l10n from '@vscode/l10n';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { Announcer } from './Announcer.tsx';
import { Chat, type ChatContext } from './chatContext.ts';
import { IconButton } from './IconButton.tsx';
import { createNearView, InList } from './nearView.ts';
import { TurnRow } from './TurnRow.tsx';
import { useStickToEnd } from './useStickToEnd.ts';
import { Welcome } from './Welcome.tsx';

/** How many turns from the end are drawn at once; a conversation opens at its end. */
const atOnce = 6;

/** What the conversation is drawn with. */
interface TranscriptProps extends Pick<ChatContext, 'busy' | 'focusInput'> {
  readonly turns: readonly TurnView[];
}

/** The conversation so far, scrolled to its end unless the user reads further up. */
export function Transcript({ turns, busy, focusInput }: TranscriptProps) {
  const log = useRef<HTMLDivElement>(null);
  const { atEnd, scrollToEnd, follow } = useStickToEnd(log, turns);
  const list = useMemo(() => ({ nearView: createNearView(() => log.current), drawn: follow }), []);
  const last = turns.at(-1);
  const lastAnswer = last?.role === 'assistant' ? last.id : undefined;
  const chat = useMemo(() => ({ busy, lastAnswer, focusInput }), [busy, lastAnswer]);

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
        {turns.length === 0 && <Welcome />}
        <InList.Provider value={list}>
          <Chat.Provider value={chat}>
            {turns.map((turn, index) => (
              <TurnRow key={turn.id} turn={turn} recent={index >= turns.length - atOnce} />
            ))}
          </Chat.Provider>
        </InList.Provider>
      </div>
      {!atEnd && <IconButton icon="arrow-down" label={l10n.t('Scroll to End')} class="to-end" onClick={scrollToEnd} />}
      <Announcer turn={last} />
    </div>
  );
}
