import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** A moment in which the extension host's main thread was at work in an extension. */
export interface Sample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds that it stands for. */
  readonly milliseconds: number;
}

/** V8's sampling profiler in another process. */
export interface Profiler {
  start(): Promise<void>;
  /** The moments with a file of the measured extension somewhere on the stack. */
  stop(): Promise<readonly Sample[]>;
  dispose(): void;
}

/** Microseconds between two looks at the stack. */
const interval = 250;

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly url: string };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds. */
  readonly timeDeltas: readonly number[];
}

/** Milliseconds until a new extension host can be inspected, at the most. */
const starting = 30_000;

async function targetsOf(port: number): Promise<readonly { readonly webSocketDebuggerUrl: string }[]> {
  for (const end = Date.now() + starting; ; ) {
    try {
      return await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
    } catch (error) {
      if (Date.now() > end) throw error;
      await wait(100);
    }
  }
}

/** Connects to the inspector of a process; `own` is a part of the paths of the files that are measured. */
export async function connectProfiler(port: number, own: string): Promise<Profiler> {
  const targets = await targetsOf(port);
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  const waiting = new Map<number, (result: { profile: Profile }) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data));
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  let last = 0;
  const post = (method: string, params: object = {}): Promise<{ profile: Profile }> => {
    const id = ++last;
    socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  let startedAt = 0;
  return {
    async start() {
      await post('Profiler.enable');
      await post('Profiler.setSamplingInterval', { interval });
      await post('Profiler.start');
      startedAt = Date.now();
    },
    async stop() {
      const { profile } = await post('Profiler.stop');
      return samplesOf(profile, startedAt, own);
    },
    dispose: () => socket.close(),
  };
}

function samplesOf(profile: Profile, startedAt: number, own: string): Sample[] {
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const isOwn = new Set<number>();
  const visit = (node: ProfileNode, isBelow: boolean): void => {
    const isIn = isBelow || node.callFrame.url.includes(own);
    if (isIn) isOwn.add(node.id);
    for (const child of node.children ?? []) {
      const next = byId.get(child);
      if (next) visit(next, isIn);
    }
  };
  const [root] = profile.nodes;
  if (root) visit(root, false);
  const samples: Sample[] = [];
  let at = startedAt;
  for (const [index, id] of profile.samples.entries()) {
    at += (profile.timeDeltas[index] ?? 0) / 1_000;
    // A sample stands until the next one is taken.
    const milliseconds = (profile.timeDeltas[index + 1] ?? 0) / 1_000;
    if (isOwn.has(id)) samples.push({ at, milliseconds });
  }
  return samples;
}
