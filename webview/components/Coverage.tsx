import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { CoverageView, LeftOutView } from '../../extension/protocol/reading.ts';
import { showControls } from '../controlCharacters.ts';
import { post } from '../vscodeApi.ts';
import { AgainButton } from './AgainButton.tsx';
import { AgainCost } from './AgainCost.tsx';

/** What a coverage is drawn with. */
interface CoverageProps {
  readonly turn: string;
  readonly coverage: CoverageView;
  /** Whether the question can be asked again: it is the last one, and nothing is under way. */
  readonly canAsk: boolean;
}

const number = (count: number): string => count.toLocaleString();

/** Nothing that may be read was left out. */
const isWhole = ({ whole, files }: CoverageView): boolean => whole >= files;

/** What share of the repository an answer was made from, folded away; drawn only while it is unfolded. */
export function Coverage({ turn, coverage, canAsk }: CoverageProps) {
  const [open, setOpen] = useState(false);
  const { leftOut } = coverage;
  return (
    <details class="coverage" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary(coverage)}</summary>
      {open && (
        <div class="coverage-detail">
          <p>{detail(coverage)}</p>
          {canAsk && <Ways coverage={coverage} />}
          {canAsk && <AgainCost coverage={coverage} />}
          {leftOut.map((group) => (
            <Group key={`${group.mayBeRead} ${group.reason}`} group={group} />
          ))}
          {leftOut.length > 0 && (
            <button type="button" class="link" onClick={() => post({ type: 'leftOut', turn })}>
              {l10n.t('Show All Files Left Out')}
            </button>
          )}
        </div>
      )}
    </details>
  );
}

function summary(coverage: CoverageView): string {
  const { tokens, wholeTokens, files, whole, inPart, nameOnly } = coverage;
  if (isWhole(coverage))
    return l10n.t('Read the whole repository: {0} files, {1} tokens', number(files), number(tokens));
  const read = whole + inPart + nameOnly;
  return l10n.t(
    'Read {0} tokens of about {1}: {2} of {3} files',
    number(tokens),
    number(wholeTokens),
    number(read),
    number(files),
  );
}

function detail({ files, whole, inPart, nameOnly }: CoverageView): string {
  const none = Math.max(0, files - whole - inPart - nameOnly);
  return [
    l10n.t('{0} files whole', number(whole)),
    ...(inPart > 0 ? [l10n.t('{0} in part', number(inPart))] : []),
    ...(nameOnly > 0 ? [l10n.t('{0} by name only', number(nameOnly))] : []),
    l10n.t('{0} not at all', number(none)),
  ].join(' · ');
}

function Ways({ coverage }: { readonly coverage: CoverageView }) {
  return (
    <div class="buttons">
      {coverage.canWiden && <AgainButton way="widen" label={l10n.t('Read More…')} />}
      {!isWhole(coverage) && <AgainButton way="choose" label={l10n.t('Choose Files…')} />}
      <AgainButton way="exclude" label={l10n.t('Leave Files Out…')} />
      {!isWhole(coverage) && <AgainButton way="everything" label={l10n.t('Ask About Every File…')} />}
    </div>
  );
}

function Group({ group: { reason, count, paths } }: { readonly group: LeftOutView }) {
  const unnamed = count - paths.length;
  return (
    <details class="unread">
      <summary>
        {showControls(reason)} ({number(count)})
      </summary>
      <ul>
        {paths.map((path) => (
          <li key={path} title={path}>
            {showControls(path)}
          </li>
        ))}
        {unnamed > 0 && <li class="more">{l10n.t('… and {0} more', number(unnamed))}</li>}
      </ul>
    </details>
  );
}
