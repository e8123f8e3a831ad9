import { resolve } from 'node:path';
import { createPorts } from '../../extension/cli/host.ts';
import type { CompletionRequest, Usage } from '../../extension/core/backend/backend.ts';
import { postStream } from '../../extension/core/backend/client.ts';
import { fimPrompt } from '../../extension/core/backend/fimPrompt.ts';
import { defaultSettings } from '../../extension/core/settings.ts';
import { findLlamaServer, startLlamaServer } from '../support/llamaServer.ts';

/** Characters typed in each session. */
const typedLength = 50;

/** How a prompt is laid out. */
type Layout = (gap: CompletionRequest) => string;

/** Ours, and llama.cpp's own order as its `/infill` has it by default (glm-protocol.md 3.3). */
const layouts: Readonly<Record<string, Layout>> = {
  'suffix first (ours)': (gap) => fimPrompt('glm', gap),
  'prefix first (llama.cpp /infill)': ({ pack, path, prefix, suffix }) =>
    `${pack?.text ?? ''}###PATH: ${path}\n<|code_prefix|>${prefix}<|code_suffix|>${suffix}<|code_middle|>`,
};

/** What one session of typing cost the server. */
interface SessionCost {
  readonly promptTokens: number;
  readonly shareFromCache: number;
  readonly evaluatedMedian: number;
  readonly evaluatedMost: number;
}

function cost(usages: readonly Usage[]): SessionCost {
  const evaluated = usages
    .map(({ promptTokens, cachedTokens = 0 }) => promptTokens - cachedTokens)
    .sort((a, b) => a - b);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  return {
    promptTokens: usages.at(-1)?.promptTokens ?? 0,
    shareFromCache: Number((1 - sum(evaluated) / sum(usages.map(({ promptTokens }) => promptTokens))).toFixed(5)),
    evaluatedMedian: evaluated[Math.floor(evaluated.length / 2)] ?? 0,
    evaluatedMost: evaluated.at(-1) ?? 0,
  };
}

/**
 * Types 50 characters in the middle of a file of this repository against a real llama-server, a request each, once for
 * every layout of the prompt, and compares the tokens that the server had to evaluate. The first, cold reading of the
 * prompt is not counted.
 */
export async function keystrokes(): Promise<object> {
  const program = await findLlamaServer();
  if ('unavailable' in program) throw new Error(program.unavailable);
  const never = new AbortController().signal;
  const root = resolve('.');
  const path = 'extension/core/context/packer.ts';
  const ports = await createPorts({ distribution: resolve('dist'), signal: never }, defaultSettings);
  const server = await startLlamaServer(program, { context: 16_384 });
  try {
    const cursor = { path, line: 1, column: 1 };
    const pack = await ports.packer.pack({ root, budget: 8_000, cursor }, never);
    const read = await ports.files.read(root, path, 1 << 20);
    const text = 'bytes' in read ? new TextDecoder().decode(read.bytes) : '';
    const at = text.indexOf('\n', text.length / 2) + 1;
    const typed = '  const remembered = request.overlay ?? snapshot.text;'.slice(0, typedLength);
    const target = { kind: 'local', origin: server.url, model: 'tiny' } as const;

    async function request(layout: Layout, length: number): Promise<Usage> {
      const prefix = text.slice(0, at) + typed.slice(0, length);
      const suffix = `\n${text.slice(at)}`;
      const gap = { pack, path, languageId: 'typescript', prefix, suffix, mode: 'block', maxTokens: 2 } as const;
      const body = { prompt: layout(gap), max_tokens: 2, stream: true, stream_options: { include_usage: true } };
      const stream = postStream(
        { transport: ports.transport, target },
        `${server.url}/v1/completions`,
        body,
        'raw',
        never,
      );
      for await (const event of stream) if (event.type === 'usage') return event.usage;
      throw new Error('the server reported no usage');
    }

    const report: Record<string, SessionCost> = {};
    for (const [name, layout] of Object.entries(layouts)) {
      await request(layout, 0);
      const usages: Usage[] = [];
      for (let length = 1; length <= typedLength; length++) usages.push(await request(layout, length));
      report[name] = cost(usages);
    }
    return { keystrokes: typedLength, engine: program.version, layouts: report };
  } finally {
    await server.dispose();
    await ports.dispose();
  }
}
