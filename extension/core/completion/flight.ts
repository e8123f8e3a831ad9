import type { Backend, CompletionRequest, Usage } from '../backend/backend.ts';
import type { Forecast } from './forecast.ts';

/** What one request took. */
export interface Landing {
  readonly usage?: Usage;
  /** Milliseconds to the first token, or to the end where there was none. */
  readonly milliseconds: number;
  readonly answeredBy?: string;
}

/** Streams a backend's answer into a forecast; the socket is closed once the forecast has what it can use. */
export async function fly(
  backend: Backend,
  gap: CompletionRequest,
  forecast: Forecast,
  signal: AbortSignal,
): Promise<Landing> {
  const started = performance.now();
  let milliseconds: number | undefined;
  let usage: Usage | undefined;
  let answeredBy: string | undefined;
  for await (const event of backend.complete(gap, signal)) {
    if (event.type === 'usage') usage = event.usage;
    if (event.type === 'moved') answeredBy = event.label;
    if (event.type === 'take-back') forecast.takeBack();
    if (event.type !== 'text') continue;
    milliseconds ??= performance.now() - started;
    forecast.add(event.text);
    const isLine = gap.mode === 'line' && forecast.text.trim() !== '';
    if (forecast.state !== 'running' || isLine) break;
  }
  signal.throwIfAborted();
  forecast.finish('complete');
  milliseconds ??= performance.now() - started;
  return { milliseconds, ...(usage ? { usage } : {}), ...(answeredBy ? { answeredBy } : {}) };
}
