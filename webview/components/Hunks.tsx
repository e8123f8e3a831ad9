import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { FileView, HunkView } from '../../extension/protocol/chat.ts';
import { showControls } from '../controlCharacters.ts';
import { Judge } from './Judge.tsx';

/** Whose changes they are. */
interface HunksProps {
  readonly proposal: string;
  readonly path: string;
  readonly hunks: FileView['hunks'];
}

/** The changes of a file, folded away; drawn only while they are unfolded. */
export function Hunks({ proposal, path, hunks }: HunksProps) {
  const [open, setOpen] = useState(false);
  const judged = hunks.filter(({ decision }) => decision !== 'pending').length;
  const count = hunks.length === 1 ? l10n.t('1 change') : l10n.t('{0} changes', hunks.length);
  return (
    <details class="hunks" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {count}
        {judged > 0 && <span class="judged-count"> · {l10n.t('{0} of {1} judged', judged, hunks.length)}</span>}
      </summary>
      {open && (
        <ol>
          {hunks.map((hunk, index) => (
            <li key={index}>
              <Hunk proposal={proposal} path={path} hunk={hunk} index={index} />
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}

interface HunkProps {
  readonly proposal: string;
  readonly path: string;
  readonly hunk: HunkView;
  readonly index: number;
}

function Hunk({ proposal, path, hunk: { decision, line, lines }, index }: HunkProps) {
  return (
    <div class={`hunk ${decision}`}>
      <div class="hunk-header">
        <span>{l10n.t('Line {0}', line)}</span>
        <Judge
          proposal={proposal}
          judged={{ path, hunk: index }}
          decision={decision}
          open={decision === 'pending'}
          accept={l10n.t('Accept the change at line {0} of {1}', line, path)}
          reject={l10n.t('Reject the change at line {0} of {1}', line, path)}
          compact
        />
      </div>
      <pre class="hunk-lines">{lines.map(drawLine)}</pre>
    </div>
  );
}

/** Screen readers tell insertions and deletions apart by their elements. */
function drawLine(line: string) {
  const text = `${showControls(line)}\n`;
  if (line.startsWith('+')) return <ins>{text}</ins>;
  return line.startsWith('-') ? <del>{text}</del> : <span>{text}</span>;
}
