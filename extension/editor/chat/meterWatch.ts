import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ContextMeter } from '../../core/conversation/contextMeter.ts';
import type { Omission } from '../../core/pack.ts';
import type { Chip, MeterView } from '../../protocol/chat.ts';
import { readSettings } from '../settings.ts';
import type { Chips } from './chips.ts';
import type { Conversation } from './conversation.ts';

/** Milliseconds without a change before the window is measured. */
const rest = 250;

/** How much of what is left out is named. */
const mostNamed = 50;

/** Follows what is about to be sent, and how it fills the model's window. */
export interface MeterWatch extends vscode.Disposable {
  /** What was measured last. */
  readonly view: MeterView | undefined;
  /** Something that is about to be sent is another now. */
  changed(): void;
  /** The input has come to rest with this text in it. */
  drafted(text: string): void;
}

/** What is measured, and where it is shown. */
export interface MeterPorts {
  readonly conversation: () => Conversation;
  readonly chips: Pick<Chips, 'current' | 'sizes' | 'leftOut'>;
  readonly visible: () => boolean;
  readonly show: (view: MeterView | undefined) => void;
}

/** The repository as a chip: there where the prompt of the conversation begins with it. */
export function repositoryChip({ kind, root, repository, turns, pack }: Conversation): Chip[] {
  if (!repository || root === undefined) return [];
  const isFixed = kind === 'ask' || turns.length > 0;
  const tokens = pack?.tokens ?? readSettings().context.budget;
  const chip = { id: 'repository', label: l10n.t('Whole repository'), tokens, included: true, isAdded: true };
  return [{ ...chip, ...(isFixed ? { isFixed } : {}), ...(pack ? {} : { isLimit: true }) }];
}

/** What does not go along: of the chips, and of the repository. */
function leftOutOf({ pack }: Conversation, chips: Pick<Chips, 'leftOut'>, { repositoryCut }: ContextMeter) {
  const cut: Omission[] =
    repositoryCut === undefined
      ? []
      : [
          {
            path: l10n.t('Whole repository'),
            reason: l10n.t('cut: of {0} tokens, the window has no room for more', repositoryCut.toLocaleString()),
          },
        ];
  return [...chips.leftOut(), ...cut, ...(pack?.omitted ?? [])].map(({ path, reason }) => ({ name: path, reason }));
}

/** Begins to measure, whenever what is about to be sent has come to rest. */
export function createMeterWatch({ conversation, chips, visible, show }: MeterPorts): MeterWatch {
  let view: MeterView | undefined;
  let draft = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let work = new AbortController();

  async function measure(signal: AbortSignal): Promise<void> {
    const mine = conversation();
    const measured = await mine.measure(draft, chips.sizes(), signal);
    if (signal.aborted) return;
    view = measured && viewOf(mine, measured);
    show(view);
  }

  function viewOf(mine: Conversation, measured: ContextMeter): MeterView {
    const { window, parts, over, remove: id } = measured;
    const leftOut = leftOutOf(mine, chips, measured);
    const chip = id === undefined ? undefined : chips.current().find((each) => each.id === id);
    return {
      ...{ window, parts, over },
      ...(chip ? { remove: { id: chip.id, label: chip.label, tokens: chip.tokens ?? 0 } } : {}),
      leftOut: leftOut.slice(0, mostNamed),
      leftOutBeside: Math.max(0, leftOut.length - mostNamed),
    };
  }

  function changed(): void {
    clearTimeout(timer);
    work.abort();
    // While an answer is on its way, what is said grows with every token.
    if (!visible() || conversation().busy) return;
    timer = setTimeout(() => {
      work = new AbortController();
      const { signal } = work;
      measure(signal).catch(() => {
        // Without a backend there is no window; the line below the input says so.
        if (!signal.aborted) show(undefined);
      });
    }, rest);
  }

  return {
    get view() {
      return view;
    },
    changed,
    drafted(text) {
      draft = text;
      changed();
    },
    dispose() {
      clearTimeout(timer);
      work.abort();
    },
  };
}
