import * as l10n from '@vscode/l10n';
import type { InspectedPack } from '../../extension/protocol/inspector.ts';
import type { Row } from './rows.ts';
import type { Numbers } from './words.ts';

/** Seconds in a minute and an hour. */
const minute = 60;
const hour = 3_600;

function ago(seconds: number): string {
  if (seconds < minute) return l10n.t('less than a minute ago');
  if (seconds < hour) return l10n.t('{0} min ago', Math.round(seconds / minute));
  return l10n.t('{0} h ago', Math.round(seconds / hour));
}

function cachedText({ cached, tokens, backend }: InspectedPack, numbers: Numbers): string {
  if (backend.kind === 'embedded') return l10n.t('not needed');
  if (!cached) return l10n.t('not known: nothing like it was sent yet');
  return l10n.t('{0}, by the prompt sent {1}', numbers.share(cached.tokens, tokens), ago(cached.secondsAgo));
}

function priceText({ price, backend }: InspectedPack, numbers: Numbers): string {
  if (price !== undefined) return price === 0 ? l10n.t('free') : numbers.dollars(price);
  switch (backend.kind) {
    case 'embedded':
      return l10n.t('free: nothing leaves this machine');
    case 'local':
      return l10n.t('free (local)');
    case 'hosted':
      return l10n.t('not known');
  }
}

/** What is shown in numbers. */
interface SummaryProps {
  readonly pack: InspectedPack;
  readonly rows: readonly Row[];
  readonly numbers: Numbers;
}

/** The pack in numbers: what it takes, of what, what the server has of it already, and what that costs. */
export function Summary({ pack, rows, numbers }: SummaryProps) {
  const { tokens, budget, backend } = pack;
  const filesIn = rows.reduce((count, { level }) => count + (level === undefined ? 0 : 1), 0);
  const facts = [
    { name: l10n.t('Tokens'), id: 'tokens', text: l10n.t('{0} of {1}', numbers.count(tokens), numbers.count(budget)) },
    {
      name: l10n.t('Files'),
      id: 'counts',
      text: l10n.t('{0} in, {1} out', numbers.count(filesIn), numbers.count(rows.length - filesIn)),
    },
    { name: l10n.t('From the cache, at a guess'), id: 'cached', text: cachedText(pack, numbers) },
    { name: l10n.t('Price to read it'), id: 'price', text: priceText(pack, numbers) },
    {
      name: l10n.t('Sent to'),
      id: 'backend',
      text: l10n.t('{0}, window {1}', backend.label, numbers.count(backend.window)),
    },
  ];
  return (
    <section class="summary" aria-label={l10n.t('Summary')}>
      <meter
        min={0}
        max={budget}
        value={tokens}
        aria-label={l10n.t('Share of the budget that is used')}
        aria-valuetext={numbers.share(tokens, budget)}
      />
      <dl>
        {facts.map(({ name, id, text }) => (
          <div class={id} key={id}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
