import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import type { DoctorView } from '../../extension/protocol/diagnostics.ts';
import { dollars, percent, whole } from './figures.ts';
import { Action, Failure, Figures, Section } from './Parts.tsx';
import { ProbeResult } from './ProbeResult.tsx';

/** Milliseconds for which the button says that it has copied. */
const confirmation = 2_000;

/** The page of Doctor: what answers, what it can do, what it took, what went wrong. */
export function Doctor({ doctor }: { readonly doctor: DoctorView }) {
  const { isLooking, isOk, backend, lines, spent, probe, failures, error } = doctor;
  return (
    <main aria-busy={isLooking}>
      <h1>{l10n.t('GLM Coder Doctor')}</h1>
      <div class="buttons">
        {isLooking ? (
          <Action request="stop" label={l10n.t('Cancel')} secondary />
        ) : (
          <Action request="look" label={l10n.t('Look Again')} icon="refresh" />
        )}
        <CopyReport />
        <Action request="openReport" label={l10n.t('Open the Report')} icon="go-to-file" secondary />
        <Action request="showLog" label={l10n.t('Show Log')} icon="output" secondary />
      </div>
      <p role="status" class="quiet">
        {isLooking ? l10n.t('Looking for model servers…') : ''}
      </p>
      {error && <Failure error={error} />}
      <Section title={l10n.t('What answers')}>
        {backend && (
          <>
            <p class="verdict">
              <span class={`codicon codicon-${isOk ? 'pass' : 'info'}`} aria-hidden="true" /> {backend.label}
            </p>
            <Figures
              figures={[
                [l10n.t('Chosen because'), backend.reason],
                [l10n.t('Window'), l10n.t('{0} tokens', whole(backend.window))],
              ]}
            />
          </>
        )}
        <pre class="lines">{lines.join('\n')}</pre>
      </Section>
      <Section title={l10n.t('This session')}>
        <Figures
          figures={[
            [l10n.t('Requests'), whole(spent.requests)],
            [l10n.t('Tokens in'), whole(spent.promptTokens)],
            [
              l10n.t('From cache'),
              percent(spent.promptTokens > 0 ? spent.cachedTokens / spent.promptTokens : undefined),
            ],
            [l10n.t('Tokens out'), whole(spent.completionTokens)],
            [l10n.t('Price'), spent.cost > 0 ? dollars(spent.cost) : '–'],
          ]}
        />
      </Section>
      <Section title={l10n.t('Window probe')}>
        {probe ? <ProbeResult result={probe} /> : <p>{l10n.t('The window of this model was not measured yet.')}</p>}
        <Action request="probe" label={l10n.t('Probe Context Window…')} icon="graph-line" secondary />
      </Section>
      <Section title={l10n.t('Last failures')}>
        {failures.length === 0 ? (
          <p>{l10n.t('None in this session.')}</p>
        ) : (
          <ul class="failures">
            {failures.map(({ at, kind, summary }) => (
              <li key={`${at} ${summary}`}>
                <time dateTime={at}>{new Date(at).toLocaleTimeString(document.documentElement.lang)}</time>{' '}
                <code>{kind}</code> {summary}
              </li>
            ))}
          </ul>
        )}
      </Section>
    </main>
  );
}

/** Copies the report, and says so for a moment. */
function CopyReport() {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), confirmation);
    return () => clearTimeout(timer);
  }, [copied]);
  const label = copied ? l10n.t('Copied') : l10n.t('Copy a Redacted Report');
  return (
    <Action
      request="copyReport"
      label={label}
      icon={copied ? 'check' : 'copy'}
      secondary
      then={() => setCopied(true)}
    />
  );
}
