import * as l10n from '@vscode/l10n';
import type { CitationView } from '../../extension/protocol/chat.ts';
import { segments } from '../citations.ts';
import { showControls } from '../controlCharacters.ts';
import { post } from '../vscodeApi.ts';

/** Text whose cited places open with a click; places that do not exist are struck out. */
export function Cited({ text, citations }: { text: string; citations: readonly CitationView[] }) {
  return (
    <>
      {segments(text, citations).map((segment) =>
        typeof segment === 'string' ? showControls(segment) : <Place citation={segment.citation} text={segment.text} />,
      )}
    </>
  );
}

function Place({ citation, text }: { citation: CitationView; text: string }) {
  const { path, startLine, endLine, verified } = citation;
  if (!verified) {
    return (
      <s class="citation missing" title={l10n.t('This place does not exist.')}>
        {text}
      </s>
    );
  }
  return (
    <button
      type="button"
      class="citation"
      title={l10n.t('Open {0}', text)}
      onClick={() => post({ type: 'open', path, startLine, endLine })}
    >
      {text}
    </button>
  );
}
