import { isWindowProbeResult, type WindowProbeResult } from '../../protocol/windowProbe.ts';
import type { Memory } from '../ports.ts';

/** What was measured last of each backend and model. */
export interface KeptProbes {
  /** The latest first. */
  all(): readonly WindowProbeResult[];
  keep(result: WindowProbeResult): void;
}

const memoryName = 'windowProbes';

/** Results that are kept; a user has a handful of models. */
const most = 20;

/** Creates the store of results; without a memory it keeps nothing beyond the session. */
export function createKeptProbes(memory: Memory | undefined): KeptProbes {
  const known: unknown = memory?.get(memoryName);
  let results = Array.isArray(known) ? known.filter(isWindowProbeResult) : [];
  return {
    all: () => results,
    keep(result) {
      const isSame = ({ backend, model }: WindowProbeResult) => backend === result.backend && model === result.model;
      results = [result, ...results.filter((each) => !isSame(each))].slice(0, most);
      memory?.set(memoryName, results);
    },
  };
}
