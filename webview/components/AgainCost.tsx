import * as l10n from '@vscode/l10n';
import type { CoverageView } from '../../extension/protocol/reading.ts';

/** What it takes to ask again: other files are another prompt, of which the server has nothing in its cache. */
export function AgainCost({ coverage: { tokens, price } }: { readonly coverage: CoverageView }) {
  return (
    <p class="again-cost">
      {l10n.t('Asking again with other files reads about {0} tokens anew.', tokens.toLocaleString())}{' '}
      {price !== undefined && l10n.t('About {0}.', `$${price.toFixed(price < 0.01 ? 4 : 2)}`)}
    </p>
  );
}
