import * as l10n from '@vscode/l10n';
import { packedSources } from '../context/packedSources.ts';
import { type Passage, rankFiles } from '../context/rank.ts';
import { fenceFor, linesOf } from '../context/section.ts';
import { queryWords } from '../repository/words.ts';
import type { Backend, ChatRequest, StreamEvent } from './backend.ts';
import { BackendError } from './backendError.ts';
import { longestMatch } from './longestMatch.ts';

/** Passages quoted in an answer, and lines of each, at the most. */
const mostPassages = 4;
const mostLines = 16;

/** Tokens; the matcher reads a pack in a few milliseconds up to this size. */
const window = 136_000;

/**
 * The backend that is always there: it matches the packed repository and has no model (DESIGN.md section 5).
 * Completions continue the longest match of the text before the cursor; answers quote the best passages.
 */
export function createEmbeddedBackend(): Backend {
  return {
    kind: 'embedded',
    label: l10n.t('repository matcher, no model'),
    window,
    writesEdits: false,
    chat: (request, signal) => stream(answer(request, signal), signal),
    complete({ pack, prefix, mode }, signal) {
      const own = prefix.slice(0, prefix.lastIndexOf('\n') + 1);
      const found = longestMatch(prefix, [own, pack?.text ?? ''], mode);
      return stream(found ? [found.text] : [], signal);
    },
  };
}

/** Plays pieces of text as a stream, one a turn of the event loop, so that a stop takes effect. */
async function* stream(
  pieces: Iterable<string> | AsyncIterable<string>,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  for await (const text of pieces) {
    signal.throwIfAborted();
    yield { type: 'text', text };
    await new Promise<void>((resolve) => setTimeout(resolve));
  }
  signal.throwIfAborted();
  yield { type: 'finish', reason: 'stop' };
}

/** The matcher has nothing but the repository: no folder, or none of its files. */
function nothingToRead(isPacked: boolean): BackendError {
  return new BackendError({
    kind: 'no-model',
    summary: isPacked ? l10n.t('The folder holds no file that can be read.') : l10n.t('No folder is open.'),
    nextStep: l10n.t('Without a model, answers come from the files of a folder: open one, or connect a model.'),
    retryable: false,
    detail: 'the matcher has nothing to read',
  });
}

/** The best passages for the last question, quoted with their places. */
async function* answer({ pack, question }: ChatRequest, signal: AbortSignal): AsyncGenerator<string> {
  const sources = pack ? packedSources(pack) : [];
  if (!pack || sources.length === 0) throw nothingToRead(pack !== undefined);
  const ranked = await rankFiles(sources, queryWords(question), signal);
  const found = ranked
    .flatMap(({ file, passages }) => passages.slice(0, 2).map((passage) => ({ file, passage })))
    .sort((x, y) => y.passage.score - x.passage.score)
    .slice(0, mostPassages);
  if (found.length === 0) {
    yield l10n.t('No passage of the packed repository matches this question.');
    yield `\n\n${l10n.t('{0} files were searched. Connect a model for answers in words.', sources.length)}\n`;
    return;
  }
  yield `${l10n.t('Passages of the repository that match best (repository matcher, no model):')}\n\n`;
  for (const { file, passage } of found) {
    const first = file.firstLine - 1;
    const [start, end] = densest(file.text, passage, queryWords(question));
    const quoted = linesOf(file.text, start, end).trimEnd();
    yield `\`${file.path}:${start + first}-${end + first}\`\n\n`;
    const fence = fenceFor(quoted);
    yield `${fence}${file.path.split('.').at(-1)}\n${quoted}\n${fence}\n\n`;
  }
}

/** The lines of a passage in which the query's words stand closest together. */
function densest(text: string, { startLine, endLine }: Passage, query: readonly string[]): [number, number] {
  const hits = linesOf(text, startLine, endLine)
    .split('\n')
    .map((line) => query.filter((word) => line.toLowerCase().includes(word)).length);
  let bestAt = 0;
  let best = -1;
  for (let at = 0; at + Math.min(mostLines, hits.length) <= hits.length; at++) {
    const sum = hits.slice(at, at + mostLines).reduce((x, y) => x + y, 0);
    if (sum > best) [best, bestAt] = [sum, at];
  }
  return [startLine + bestAt, Math.min(endLine, startLine + bestAt + mostLines - 1)];
}
