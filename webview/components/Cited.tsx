import * as l10n from '@vscode/l10n';
import type { CitationView } from '../../extension/protocol/citation.ts';
import { segments } from '../citations.ts';
import { showControls } from '../controlCharacters.ts';
import { PlaceLink } from './PlaceLink.tsx';

interface CitedProps {
  readonly text: string;
  readonly citations: readonly CitationView[];
  /** Whether the text is a span of code. */
  readonly isCode?: boolean;
}

/** Text whose cited places are links; those that have moved say where to, and wrong ones are struck out and say why. */
export function Cited({ text, citations, isCode = false }: CitedProps) {
  return (
    <>
      {segments(text, citations, isCode).map((segment) =>
        typeof segment === 'string' ? showControls(segment) : <Place citation={segment.citation} text={segment.text} />,
      )}
    </>
  );
}

function Place({ citation, text }: { citation: CitationView; text: string }) {
  if (citation.status !== 'wrong') return <PlaceLink citation={citation} text={text} />;
  const reason = citation.reason ?? l10n.t('this place does not exist');
  return (
    <>
      <s class="citation wrong">{showControls(text)}</s>
      <span class="citation-reason">{` (${showControls(reason)})`}</span>
    </>
  );
}
