import * as l10n from '@vscode/l10n';
import type { Backend, ChatMessage, StreamEvent } from '../../backend/backend.ts';
import { BackendError } from '../../backend/backendError.ts';
import type { Attachment } from '../attachments.ts';
import type { Screened } from '../screened.ts';
import type { TurnEvent } from '../turn.ts';
import { editPrompt } from './prompt.ts';
import { type Rewrite, readRewrite, rewriteSoFar, screenedTarget } from './rewrite.ts';
import type { EditTarget } from './target.ts';

/** What an inline edit asks of the core's door. */
export interface InlineEditPorts {
  probe(signal: AbortSignal): Promise<{ readonly backend: Backend }>;
  projectRules(root: string, exclude: readonly string[], signal: AbortSignal): Promise<string>;
  screen(
    root: string | undefined,
    attachments: readonly Attachment[],
    exclude: readonly string[],
    signal: AbortSignal,
  ): Promise<Screened>;
  rewrite(
    request: {
      readonly root: string | undefined;
      readonly messages: readonly ChatMessage[];
      readonly question: string;
      readonly projectRules: string;
      readonly thinking: boolean;
    },
    signal: AbortSignal,
  ): AsyncIterable<TurnEvent>;
}

/** Lines to edit, and how. */
export interface InlineEditRequest {
  /** Absolute path of the folder; undefined where the file belongs to none. */
  readonly root: string | undefined;
  readonly target: EditTarget;
  readonly instruction: string;
  /** Patterns of files that are not sent. */
  readonly exclude: readonly string[];
}

/** What an inline edit streams: what the model is doing, and the new lines so far. The last one is whole. */
export type InlineEditEvent =
  | Extract<StreamEvent, { readonly type: 'reasoning' | 'waiting' | 'reading' | 'moved' }>
  | { readonly type: 'lines'; readonly lines: readonly string[]; readonly isWhole: boolean };

/** Thrown where an edit cannot be made of an answer, or the file may not be sent; its message is for the user. */
export class InlineEditRefused extends Error {
  override readonly name = 'InlineEditRefused';
}

function reasonFor(problem: Extract<Rewrite, { problem: unknown }>['problem']): string {
  switch (problem) {
    case 'no code':
      return l10n.t('The model answered without code.');
    case 'no change':
      return l10n.t('The model proposes no change to these lines.');
    case 'lines left out':
      return l10n.t('The model left lines out of its answer.');
    case 'cut off':
      return l10n.t('The answer was cut off before its end. Select fewer lines.');
    case 'secret':
      return l10n.t(
        'What looks like a secret is not sent, so the model cannot write these lines. Select lines without it.',
      );
  }
}

/** Characters of the file around the lines, at the most: beyond that it costs more than it tells. */
const mostAround = 60_000;

/** Characters of a token, at the least, in code. */
const charactersPerToken = 2;

/** Shares of the room that are tried while a server says that a prompt is too long. */
const tries = [1, 1 / 4, 0] as const;

const isOverflow = (error: unknown): boolean => error instanceof BackendError && error.kind === 'overflow';

/**
 * Asks the model to write lines of a file anew. What stands in the file passes the gate first.
 * @throws BackendError where no model is connected, or it fails; {@link InlineEditRefused}; the signal's reason when aborted.
 */
export async function* inlineEdit(
  ports: InlineEditPorts,
  { root, target, instruction, exclude }: InlineEditRequest,
  signal: AbortSignal,
): AsyncGenerator<InlineEditEvent> {
  const { path, languageId, before, selected, after } = target;
  const text = before + selected + after;
  const { backend } = await ports.probe(signal);
  const { attachments, refused } = await ports.screen(root, [{ path, languageId, text }], exclude, signal);
  const [passed] = attachments;
  if (!passed || passed.text.length !== text.length)
    throw new InlineEditRefused(l10n.t('{0} is not sent to a model: {1}.', path, refused[0]?.reason ?? ''));
  const shown = screenedTarget(target, passed.text);
  const projectRules = root === undefined ? '' : await ports.projectRules(root, exclude, signal);
  const room = Math.max(0, (backend.window / 2) * charactersPerToken - 2 * selected.length);

  let answer = '';
  let isCut = false;
  for (const share of tries) {
    const content = editPrompt(shown, instruction, Math.floor(Math.min(room, mostAround) * share));
    const messages = [{ role: 'user', content }] as const;
    // Of so small a part the user waits for every second: it is written without thinking first.
    const request = { root: undefined, messages, question: instruction, projectRules, thinking: false };
    try {
      for await (const event of ports.rewrite(request, signal)) {
        if (event.type === 'take-back') answer = '';
        else if (event.type === 'text') {
          answer += event.text;
          const lines = event.text.includes('\n') ? rewriteSoFar(answer, target) : undefined;
          if (lines) yield { type: 'lines', lines, isWhole: false };
        } else if (event.type === 'finish') {
          isCut = event.reason === 'length' || event.reason === 'aborted_by_server';
        } else if (
          event.type === 'reasoning' ||
          event.type === 'waiting' ||
          event.type === 'reading' ||
          event.type === 'moved'
        ) {
          yield event;
        }
      }
      break;
    } catch (error) {
      if (!isOverflow(error) || answer !== '' || share === tries.at(-1)) throw error;
    }
  }
  const rewrite = readRewrite(answer, target, { isCut, hasSecrets: passed.text !== text });
  if ('problem' in rewrite) throw new InlineEditRefused(reasonFor(rewrite.problem));
  yield { type: 'lines', lines: rewrite.lines, isWhole: true };
}
