import * as l10n from '@vscode/l10n';
import type { MeterPart, MeterView } from '../../extension/protocol/chat.ts';
import { showControls } from '../controlCharacters.ts';
import { compact } from '../numbers.ts';
import { post } from '../vscodeApi.ts';
import { memo } from './memo.ts';

const language = () => document.documentElement.lang;
const whole = (tokens: number): string => tokens.toLocaleString(language() || undefined);

const usedOf = ({ parts }: MeterView): number => parts.reduce((sum, { tokens }) => sum + tokens, 0);

/** How the model's window is filled: a bar, and unfolded, a table. */
export const Meter = memo(({ meter }: { readonly meter: MeterView }) => {
  const { window, parts, over, leftOut } = meter;
  const used = usedOf(meter);
  const summary = l10n.t('{0} of {1} tokens', compact(used, language()), compact(window, language()));
  return (
    <details class={`meter ${over > 0 ? 'over' : ''}`}>
      <summary title={l10n.t('What takes the window of the model')}>
        <span class="meter-bar" aria-hidden="true">
          {parts.map(({ kind, tokens }) => (
            <span
              key={kind}
              class={`meter-part ${kind}`}
              style={{ width: `${(100 * tokens) / Math.max(window, used)}%` }}
            />
          ))}
        </span>
        <span class="meter-sum">{summary}</span>
        {(over > 0 || leftOut.length > 0) && (
          <span
            class="codicon codicon-warning warning-sign"
            role="img"
            aria-label={over > 0 ? l10n.t('Too much') : l10n.t('Something is left out')}
          />
        )}
      </summary>
      <table>
        <caption class="visually-hidden">{l10n.t('What takes the window of the model')}</caption>
        <tbody>
          {parts.map((part) => (
            <Row key={part.kind} part={part} window={window} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{over > 0 ? l10n.t('Too much') : l10n.t('Free')}</th>
            <td>{whole(over > 0 ? over : window - used)}</td>
            <td>{percent(over > 0 ? over : window - used, window)}</td>
          </tr>
        </tfoot>
      </table>
      {leftOut.length > 0 && <LeftOut meter={meter} />}
    </details>
  );
});

function Row({ part: { kind, tokens, exact }, window }: { readonly part: MeterPart; readonly window: number }) {
  return (
    <tr>
      <th scope="row">
        <span class={`meter-key ${kind}`} aria-hidden="true" />
        {nameOf(kind)}
      </th>
      <td>{exact ? whole(tokens) : l10n.t('about {0}', whole(tokens))}</td>
      <td>{percent(tokens, window)}</td>
    </tr>
  );
}

const percent = (tokens: number, window: number): string =>
  new Intl.NumberFormat(language() || undefined, { style: 'percent', maximumFractionDigits: 1 }).format(
    tokens / window,
  );

function LeftOut({ meter: { leftOut, leftOutBeside } }: { readonly meter: MeterView }) {
  return (
    <>
      <p class="meter-title">{l10n.t('Left out')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled with the keyboard */}
      <ul class="meter-left-out" tabIndex={0} aria-label={l10n.t('Left out')}>
        {leftOut.map(({ name, reason }) => (
          <li key={`${name}\n${reason}`}>
            <span class="meter-name">{showControls(name)}</span> <span class="reason">{reason}</span>
          </li>
        ))}
        {leftOutBeside > 0 && <li>{l10n.t('and {0} more', whole(leftOutBeside))}</li>}
      </ul>
    </>
  );
}

function nameOf(kind: MeterPart['kind']): string {
  switch (kind) {
    case 'rules':
      return l10n.t('Rules');
    case 'repository':
      return l10n.t('Repository');
    case 'conversation':
      return l10n.t('Conversation so far');
    case 'attachments':
      return l10n.t('Attached');
    case 'message':
      return l10n.t('This message');
    case 'answer':
      return l10n.t('Kept for the answer');
  }
}

interface WarningProps {
  readonly meter: MeterView | undefined;
  /** Puts the keyboard into the input: what takes something away goes away with it. */
  readonly focusInput: () => void;
}

/** Says what does not fit before it is sent, and what to take away. Always there, so that it is heard when it speaks. */
export function MeterWarning({ meter, focusInput }: WarningProps) {
  return (
    <div class="meter-warning" role="status">
      {meter && meter.over > 0 && <Warning meter={meter} focusInput={focusInput} />}
    </div>
  );
}

function Warning({ meter: { over, remove }, focusInput }: WarningProps & { readonly meter: MeterView }) {
  const label = remove && showControls(remove.label);
  return (
    <>
      <p>
        <span class="codicon codicon-warning warning-sign" aria-hidden="true" />
        <span>
          {l10n.t('This is {0} tokens more than the window of the model holds.', whole(over))}{' '}
          {label === undefined && l10n.t('Begin a new chat, or shorten the message.')}
        </span>
      </p>
      {remove && label !== undefined && (
        <button
          type="button"
          class="button secondary"
          onClick={() => {
            post({ type: 'toggleChip', id: remove.id });
            focusInput();
          }}
        >
          {l10n.t('Take Away {0} ({1} tokens)', label, compact(remove.tokens ?? 0, language()))}
        </button>
      )}
    </>
  );
}
