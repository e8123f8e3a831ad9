import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import type { CommandView } from '../../extension/protocol/chat.ts';
import { showControls } from '../controlCharacters.ts';
import { post } from '../vscodeApi.ts';

const listId = 'slash-commands';
const optionId = (at: number): string => `${listId}-${at}`;

/** The commands that a message may be about to begin with, and which of them is marked. */
export interface SlashCommands {
  readonly matches: readonly CommandView[];
  readonly marked: number;
  /** What makes the input and the list one thing for screen readers. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
  /** Takes the keys that belong to the list. */
  pressed(event: KeyboardEvent): boolean;
  choose(at: number): void;
}

/** Offers commands while the first word of the input is one, or could become one; `write` puts text in the place of the input's. */
export function useSlashCommands(
  draft: string,
  commands: readonly CommandView[] | undefined,
  write: (text: string) => void,
): SlashCommands {
  const [marked, setMarked] = useState(0);
  const [isSentAway, setSentAway] = useState(false);
  const begun = /^\/([\p{L}\p{N}_-]*)$/u.exec(draft)?.[1];
  const isBegun = begun !== undefined;
  useEffect(() => {
    setSentAway(false);
    // The user's own may be others by now.
    if (isBegun) post({ type: 'askCommands' });
  }, [isBegun]);
  useEffect(() => setMarked(0), [draft]);

  const wanted = begun?.toLowerCase() ?? '';
  const isOffered = isBegun && !isSentAway;
  const matches = isOffered ? (commands ?? []).filter(({ name }) => name.toLowerCase().startsWith(wanted)) : [];
  const isOpen = matches.length > 0;

  function choose(at: number): void {
    const command = matches[at];
    if (command) write(`/${command.name} `);
  }

  function pressed({ key, shiftKey, isComposing }: KeyboardEvent): boolean {
    if (!isOpen || shiftKey || isComposing) return false;
    switch (key) {
      case 'ArrowDown':
      case 'ArrowUp':
        setMarked((marked + (key === 'ArrowDown' ? 1 : matches.length - 1)) % matches.length);
        return true;
      case 'Enter':
        // What is written out already is to be sent.
        if (matches[marked]?.name === begun) return false;
        choose(marked);
        return true;
      case 'Tab':
        choose(marked);
        return true;
      case 'Escape':
        setSentAway(true);
        return true;
      default:
        return false;
    }
  }

  const attributes = {
    'aria-autocomplete': 'list',
    'aria-controls': isOpen ? listId : undefined,
    'aria-activedescendant': isOpen ? optionId(marked) : undefined,
  };
  return { matches, marked, attributes, pressed, choose };
}

/** The list, above the input; the keyboard stays in the input. */
export function SlashCommandList({ matches, marked, choose }: Pick<SlashCommands, 'matches' | 'marked' | 'choose'>) {
  useEffect(() => {
    document.getElementById(optionId(marked))?.scrollIntoView({ block: 'nearest' });
  }, [marked, matches.length]);
  if (matches.length === 0) return null;
  return (
    <div id={listId} class="slash-commands" role="listbox" tabIndex={-1} aria-label={l10n.t('Commands')}>
      {matches.map(({ name, what }, at) => (
        <div
          key={name}
          id={optionId(at)}
          role="option"
          tabIndex={-1}
          aria-selected={at === marked}
          onMouseDown={(event) => {
            // The input keeps the keyboard.
            event.preventDefault();
            choose(at);
          }}
        >
          <span class="name">/{showControls(name)}</span>
          <span class="what">{showControls(what)}</span>
        </div>
      ))}
    </div>
  );
}
