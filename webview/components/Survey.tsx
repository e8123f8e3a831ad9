import * as l10n from '@vscode/l10n';
import { useContext, useState } from 'preact/hooks';
import type { PartView, SurveyView } from '../../extension/protocol/reading.ts';
import { showControls } from '../controlCharacters.ts';
import { post } from '../vscodeApi.ts';
import { Chat } from './chatContext.ts';
import { Markdown, type MarkdownProps } from './Markdown.tsx';

/** A question about every file: its plan first, then how far it is, then what each part found. */
export function Survey({ survey, waits }: { readonly survey: SurveyView; readonly waits: boolean }) {
  if (survey.state === 'asking') return waits ? <Plan survey={survey} /> : null;
  return (
    <section class="survey" aria-label={l10n.t('Parts of the repository')}>
      <Progress survey={survey} />
      {survey.findings && <Findings text={survey.findings} citations={survey.citations ?? []} />}
    </section>
  );
}

const number = (count: number): string => count.toLocaleString();

function Plan({ survey: { files, tokens, requests, cost, parts } }: { readonly survey: SurveyView }) {
  const { focusInput } = useContext(Chat);
  const decide = (decision: 'all' | 'best') => {
    post({ type: 'survey', decision });
    focusInput();
  };
  const stop = () => {
    post({ type: 'stop' });
    focusInput();
  };
  return (
    <section class="survey survey-plan" aria-label={l10n.t('Ask About Every File')}>
      <p class="survey-title">{l10n.t('This question is about every file, and they do not fit into one request.')}</p>
      <p>
        {l10n.t(
          '{0} files in {1} parts: {2} requests and about {3} tokens.',
          number(files),
          number(parts.length),
          number(requests),
          number(tokens),
        )}{' '}
        {cost !== undefined && l10n.t('About {0}.', `$${cost.toFixed(cost < 0.01 ? 4 : 2)}`)}
      </p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => decide('all')}>
          {l10n.t('Ask About Every File')}
        </button>
        <button type="button" class="button secondary" onClick={() => decide('best')}>
          {l10n.t('Read Only What Matches Best')}
        </button>
        <button type="button" class="button secondary" onClick={stop}>
          {l10n.t('Cancel')}
        </button>
      </div>
    </section>
  );
}

const isOver = ({ state }: PartView): boolean => state !== 'queued' && state !== 'reading';

function Progress({ survey: { state, parts } }: { readonly survey: SurveyView }) {
  const [open, setOpen] = useState(false);
  const over = parts.filter(isOver).length;
  const failed = parts.filter((part) => part.state === 'failed').length;
  const label = summary(state, over, failed, parts);
  return (
    <details class="parts" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {label}
        {(state === 'reading' || state === 'merging') && (
          <progress class="parts-bar" max={parts.length} value={over} aria-label={label} />
        )}
      </summary>
      {open && (
        <ol>
          {parts.map((part, at) => (
            <li key={at} class={`part ${part.state}`}>
              <span class={`codicon codicon-${icons[part.state]}`} aria-hidden="true" />
              <span class="part-paths" title={`${part.first} … ${part.last}`}>
                {part.first === part.last ? showControls(part.first) : showControls(`${part.first} … ${part.last}`)}
              </span>
              <span class="part-state">{stateText(part)}</span>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}

function summary(state: SurveyView['state'], over: number, failed: number, parts: readonly PartView[]): string {
  const of = number(parts.length);
  if (state === 'reading') {
    const at = parts.findIndex(({ state: own }) => own === 'reading');
    const percent = parts[at]?.percent;
    const part = number(at < 0 ? Math.min(over + 1, parts.length) : at + 1);
    return percent === undefined
      ? l10n.t('Part {0} of {1}…', part, of)
      : l10n.t('Part {0} of {1}: {2} % read…', part, of, percent);
  }
  if (failed > 0) return l10n.t('Asked {0} of {1} parts; {2} failed', number(over - failed), of, number(failed));
  return l10n.t('Asked {0} of {1} parts', number(over), of);
}

const icons = {
  queued: 'circle-large',
  reading: 'sync',
  found: 'pass',
  nothing: 'circle-slash',
  failed: 'error',
} as const;

function stateText({ state, percent, why, files, tokens }: PartView): string {
  switch (state) {
    case 'queued':
      return l10n.t('{0} files, {1} tokens', number(files), number(tokens));
    case 'reading':
      return why ?? (percent === undefined ? l10n.t('reading…') : l10n.t('{0} % read', percent));
    case 'found':
      return l10n.t('found something');
    case 'nothing':
      return l10n.t('found nothing');
    case 'failed':
      return why ?? l10n.t('failed');
  }
}

function Findings({ text, citations }: Pick<MarkdownProps, 'text' | 'citations'>) {
  const [open, setOpen] = useState(false);
  return (
    <details class="findings" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{l10n.t('What each part found')}</summary>
      {open && (
        <div class="findings-text">
          <Markdown text={text} citations={citations} growing={false} />
        </div>
      )}
    </details>
  );
}
