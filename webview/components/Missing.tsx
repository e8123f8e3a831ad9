import * as l10n from '@vscode/l10n';
import type { CoverageView, MissingView } from '../../extension/protocol/reading.ts';
import { showControls } from '../controlCharacters.ts';
import { post } from '../vscodeApi.ts';
import { AgainButton } from './AgainButton.tsx';
import { AgainCost } from './AgainCost.tsx';

/** What missing evidence is drawn with. */
interface MissingProps {
  readonly missing: MissingView;
  readonly coverage: CoverageView | undefined;
  readonly canAsk: boolean;
}

/** What an answer says it lacks, what was searched, and where it may be found. */
export function Missing({ missing: { what, terms, likely }, coverage, canAsk }: MissingProps) {
  return (
    <section class="missing-evidence" aria-label={l10n.t('Missing from what was read')}>
      <p class="missing-title">
        <span class="codicon codicon-search-stop" aria-hidden="true" />
        <span>{l10n.t('What was read does not hold all of the answer.')}</span>
      </p>
      {what.length > 0 && (
        <ul class="missing-what">
          {what.map((each) => (
            <li key={each}>{showControls(each.replaceAll('`', ''))}</li>
          ))}
        </ul>
      )}
      <p class="searched">{searched(terms, coverage)}</p>
      {likely.length > 0 && (
        <details class="unread" open={likely.length <= 5}>
          <summary>{l10n.t('Files that may hold it ({0})', likely.length)}</summary>
          <ul>
            {likely.map(({ path }) => (
              <li key={path}>
                <button
                  type="button"
                  class="link"
                  title={path}
                  onClick={() => post({ type: 'open', path, startLine: 1, endLine: 1 })}
                >
                  {showControls(path)}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      {canAsk && (
        <div class="buttons">
          {likely.length > 0 && <AgainButton way="likely" label={l10n.t('Ask Again With These Files')} primary />}
          <AgainButton way="choose" label={l10n.t('Choose Files…')} />
          <AgainButton way="everything" label={l10n.t('Ask About Every File…')} />
        </div>
      )}
      {canAsk && coverage && <AgainCost coverage={coverage} />}
    </section>
  );
}

/** Words that are named, at the most. */
const mostTerms = 12;

function searched(terms: readonly string[], coverage: CoverageView | undefined): string {
  const named = terms.slice(0, mostTerms).join(', ');
  if (!coverage) return l10n.t('Searched for: {0}.', named);
  const { files, whole, inPart, nameOnly } = coverage;
  const read = whole + inPart + nameOnly;
  return l10n.t('Searched for: {0}. {1} of {2} files were read.', named, read.toLocaleString(), files.toLocaleString());
}
