import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { TurnView } from '../../extension/protocol/chat.ts';
import { wholeSeconds } from '../numbers.ts';
import { Markdown } from './Markdown.tsx';

/** What the model thought before it answered, folded away; drawn only while it is unfolded. */
export function Reasoning({ turn }: { readonly turn: TurnView }) {
  const [open, setOpen] = useState(false);
  const thinking = turn.status === 'streaming' && turn.text === '' && turn.reasoningTime === undefined;
  return (
    <details class="reasoning" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class={thinking ? 'thinking' : ''}>
        {thinking ? l10n.t('Thinking…') : thought(turn.reasoningTime)}
      </summary>
      {open && (
        <div class="reasoning-text">
          <Markdown text={turn.reasoning} citations={[]} growing={thinking} />
        </div>
      )}
    </details>
  );
}

const thought = (time: number | undefined): string =>
  time === undefined ? l10n.t('Thought') : l10n.t('Thought for {0} s', wholeSeconds(time));
