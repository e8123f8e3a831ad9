import * as l10n from '@vscode/l10n';
import type { PlanView, ProbeView } from '../../extension/protocol/diagnostics.ts';
import { dollars, short, whole } from './figures.ts';
import { Action, Failure, Figures, Section } from './Parts.tsx';
import { ProbeResult } from './ProbeResult.tsx';

/** The page of the window probe: what it is, what it will take, how far it is, what it has found. */
export function Probe({ probe }: { readonly probe: ProbeView }) {
  const { phase, plan, progress, result, error } = probe;
  return (
    <main>
      <h1>{l10n.t('Context Window Probe')}</h1>
      <p class="quiet">
        {l10n.t(
          "How much of its window does the model really read? Facts are planted in your repository's own text at several depths, and asked for together with real definitions; the answers are checked by machine.",
        )}
      </p>
      {phase === 'preparing' && <p role="status">{l10n.t('Reading the repository…')}</p>}
      {error && <Failure error={error} />}
      {phase === 'failed' && <Action request="look" label={l10n.t('Try Again')} icon="refresh" />}
      {plan && phase === 'ready' && <Plan plan={plan} isAgain={result !== undefined} />}
      {progress && (phase === 'running' || phase === 'stopping') && (
        <Section title={l10n.t('Measuring')}>
          <progress max={1} value={progress.share} aria-label={l10n.t('Measuring')} />
          <p role="status">{phase === 'stopping' ? l10n.t('Stopping…') : progress.text}</p>
          <Action request="stop" label={l10n.t('Cancel')} secondary disabled={phase === 'stopping'} />
        </Section>
      )}
      {result && (result.fills.length > 0 || result.notes.length > 0) && (
        <Section title={phase === 'ready' ? l10n.t('Last result') : l10n.t('Result so far')}>
          {phase === 'ready' && <Budget {...probe} />}
          <ProbeResult result={result} />
        </Section>
      )}
    </main>
  );
}

function Plan({ plan, isAgain }: { readonly plan: PlanView; readonly isAgain: boolean }) {
  const { backend, window, fills, requests, promptTokens, cost, endsWithRepository } = plan;
  const price = cost
    ? l10n.t('about {0}, at most {1}', dollars(cost.expected), dollars(cost.most))
    : l10n.t('none that is known');
  return (
    <Section title={l10n.t('What it takes')}>
      <Figures
        figures={[
          [l10n.t('Model'), backend],
          [l10n.t('Its window, as it says'), l10n.t('{0} tokens', whole(window))],
          [l10n.t('Prompts'), fills.map(short).join(', ')],
          [l10n.t('Requests'), whole(requests)],
          [l10n.t('Prompt tokens'), l10n.t('{0}, half of them from the cache', whole(promptTokens))],
          [l10n.t('Price'), price],
        ]}
      />
      {endsWithRepository && (
        <p class="note">
          <span class="codicon codicon-info" aria-hidden="true" />{' '}
          {l10n.t('The repository is smaller than the window: the last prompt holds all of it.')}
        </p>
      )}
      <Action request="start" label={isAgain ? l10n.t('Measure Again') : l10n.t('Start')} icon="play" />
    </Section>
  );
}

/** Offers to use what was found; nothing is set without a click. */
function Budget({ result, budget }: ProbeView) {
  const effective = result?.effectiveWindow;
  if (effective === undefined) return null;
  if (effective === budget) {
    return (
      <p class="note" role="status">
        <span class="codicon codicon-check" aria-hidden="true" />{' '}
        {l10n.t('Questions take up to {0} tokens of repository, as was measured.', whole(budget))}
      </p>
    );
  }
  return (
    <div class="offer">
      <p>{l10n.t('Questions take up to {0} tokens of repository now.', whole(budget))}</p>
      <Action request="setBudget" label={l10n.t('Use {0} Tokens', whole(effective))} />
    </div>
  );
}
