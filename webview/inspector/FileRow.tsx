import * as l10n from '@vscode/l10n';
import { lowered, raised } from './levelSteps.ts';
import type { Row } from './rows.ts';
import { levelName, type Numbers, reuseName } from './words.ts';

/** A row, and what is done with it. */
interface FileRowProps {
  readonly row: Row;
  /** Tokens of the whole pack. */
  readonly total: number;
  readonly numbers: Numbers;
  /** Position among the rows that the filter lets through. */
  readonly index: number;
  readonly isActive: boolean;
  readonly focus: (path: string) => void;
  readonly decide: (row: Row, decision: 'pinned' | 'excluded') => void;
  readonly say: (message: ReturnType<typeof raised>) => void;
}

/** One file: how much of it is sent and why, and what can be decided about it. */
export function FileRow({ row, total, numbers, index, isActive, focus, decide, say }: FileRowProps) {
  const { path, level, tokens, reason, reuse, decision, isOwn } = row;
  const up = raised(row);
  const down = lowered(row);
  const isPinned = decision === 'pinned' && isOwn;
  const isExcluded = decision === 'excluded' && isOwn;
  const detail = level === undefined ? l10n.t('not sent') : levelName(level);
  const button = (icon: string, label: string, isPressed: boolean | undefined, act: (() => void) | undefined) => (
    <button
      type="button"
      class={`icon-button ${isPressed ? 'pressed' : ''}`}
      title={label}
      aria-label={`${label}: ${path}`}
      aria-pressed={isPressed}
      tabIndex={isActive ? 0 : -1}
      disabled={!act}
      onClick={act}
    >
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
  return (
    <tr
      class={`row ${level === undefined ? 'out' : 'in'} ${decision ?? ''}`}
      aria-rowindex={index + 2}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => focus(path)}
    >
      <td class="path" title={path}>
        <bdi>
          {decision && (
            <span
              class={`codicon codicon-${{ pinned: 'pinned', excluded: 'circle-slash', level: 'settings' }[decision]}`}
              aria-hidden="true"
            />
          )}
          {path}
        </bdi>
      </td>
      <td class={`level ${level ?? 'none'}`} title={reuse ? reuseName(reuse) : undefined}>
        <span class="swatch" aria-hidden="true" />
        {detail}
      </td>
      <td class="tokens">{level === undefined ? '' : numbers.count(tokens)}</td>
      <td class="share">{level === undefined ? '' : numbers.share(tokens, total)}</td>
      <td class="reason" title={reason}>
        {reason}
      </td>
      <td class="actions">
        {button(isPinned ? 'pinned' : 'pin', isPinned ? l10n.t('Unpin') : l10n.t('Pin'), isPinned, () =>
          decide(row, 'pinned'),
        )}
        {button('circle-slash', isExcluded ? l10n.t('Let In Again') : l10n.t('Exclude'), isExcluded, () =>
          decide(row, 'excluded'),
        )}
        {button('arrow-up', l10n.t('Send More of It'), undefined, up && (() => say(up)))}
        {button('arrow-down', l10n.t('Send Less of It'), undefined, down && (() => say(down)))}
      </td>
    </tr>
  );
}
