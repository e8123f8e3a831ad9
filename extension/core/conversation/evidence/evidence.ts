import type { Pack, PackRequest } from '../../pack.ts';
import type { LikelyFile, Packer } from '../../ports.ts';
import { queryWords } from '../../repository/words.ts';
import type { TurnEvent } from '../turn.ts';
import { createMissingFilter } from './missing.ts';

/** Files that are named, at the most. */
const mostLikely = 12;

/** What the search for likely files works with. */
interface EvidencePorts {
  readonly packer: Pick<Packer, 'likely'>;
  readonly question: string;
  readonly request: Pick<PackRequest, 'root' | 'overlay' | 'exclude'>;
  /** The pack of an earlier turn, where this turn makes none. */
  readonly pack: Pack | undefined;
}

/**
 * Lets the events of an answer pass without the lines in which it says what it lacks; these become an event `missing`, with
 * the files of the repository that come closest to it and were not read whole.
 */
export async function* withEvidence(
  events: AsyncIterable<TurnEvent>,
  { packer, question, request, pack: earlier }: EvidencePorts,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent> {
  let filter = createMissingFilter();
  let pack = earlier;
  let ended: ReturnType<typeof filter.end> | undefined;
  function* rest(): Generator<TurnEvent> {
    ended = filter.end();
    if (ended.rest !== '') yield { type: 'text', text: ended.rest };
  }
  try {
    for await (const event of events) {
      if (event.type === 'packed') pack = event.pack;
      if (event.type === 'text') {
        const text = filter.push(event.text);
        if (text !== '') yield { ...event, text };
        continue;
      }
      if (event.type === 'take-back') {
        yield* rest();
        filter = createMissingFilter();
        ended = undefined;
      } else if (event.type === 'finish' && !ended) yield* rest();
      yield event;
    }
  } catch (error) {
    if (!ended) yield* rest();
    throw error;
  }
  if (!ended) yield* rest();
  const what = ended?.missing?.what;
  if (!what) return;
  const wanted = [question, ...what].join('\n');
  const except = (pack?.files ?? []).filter(({ level }) => level === 'full').map(({ path }) => path);
  // An answer that is there is not lost for want of advice.
  const likely = await packer
    .likely({ ...request, question: wanted, except, most: mostLikely }, signal)
    .catch((): readonly LikelyFile[] => {
      signal.throwIfAborted();
      return [];
    });
  yield { type: 'missing', missing: { what, terms: queryWords(wanted), likely } };
}
