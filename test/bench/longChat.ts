import type { Frame, Page } from 'playwright-core';
import { startEditor } from '../support/editor.ts';
import { openStoredChat } from '../support/storedChat.ts';
import { longChat as turnsOf } from '../webview/support/turns.ts';

/** Questions, each with its answer. */
const pairs = 500;

/** Milliseconds that a task of the page may take: longer ones are felt. */
const bound = 50;

/** Turns of the wheel, and pixels of each. */
const wheels = 150;
const pixels = 600;

/** How a page has done while it was scrolled; milliseconds. */
interface Scrolled {
  readonly frames: number;
  readonly medianFrameMs: number;
  readonly p99FrameMs: number;
  readonly longestFrameMs: number;
  /** Tasks of over 50 ms in the view's own frame, the longest of them, and those of the window around it. */
  readonly longTasks: number;
  readonly longestTaskMs: number;
  readonly longTasksAround: number;
  /** The longest task of any page in the thread's own work: what other programs take of the machine does not count. */
  readonly longestTaskCpuMs: number;
}

/** An event of a Chromium trace; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Of the thread's own work. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The longest task on the main thread of a page in a trace, in milliseconds of its own work. */
function longestCpu(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const named = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const mains = new Set(named.map(thread));
  const tasks = traceEvents.filter((event) => event.name.endsWith('RunTask') && mains.has(thread(event)));
  return Math.round(tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1_000);
}

interface Recorder {
  recorded?: { readonly frames: number[]; readonly tasks: { name: string; duration: number }[]; stop(): void };
}

/** Records frames and long tasks (W3C Long Tasks: over 50 ms) while something happens. */
async function recorded(frame: Frame, happens: () => Promise<void>): Promise<Scrolled> {
  const page = frame.page();
  const browser = page.context().browser();
  await browser?.startTracing(page, { categories: ['toplevel'] });
  await frame.evaluate(() => {
    const frames: number[] = [];
    const tasks: { name: string; duration: number }[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) tasks.push({ name, duration });
    });
    observer.observe({ entryTypes: ['longtask'] });
    let isOver = false;
    let last = performance.now();
    requestAnimationFrame(function tick(now) {
      if (isOver) return;
      frames.push(Math.max(0, now - last));
      last = now;
      requestAnimationFrame(tick);
    });
    (globalThis as Recorder).recorded = {
      frames,
      tasks,
      stop() {
        isOver = true;
        for (const { name, duration } of observer.takeRecords()) tasks.push({ name, duration });
        observer.disconnect();
      },
    };
  });
  await happens();
  const trace = await browser?.stopTracing();
  const { frames, tasks } = await frame.evaluate(() => {
    const { recorded: made } = globalThis as Recorder;
    made?.stop();
    return { frames: made?.frames ?? [], tasks: made?.tasks ?? [] };
  });
  const sorted = frames.sort((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  // What an ancestor does holds the thread as well, but is not the page's doing.
  const own = tasks.filter(({ name }) => !name.includes('ancestor'));
  return {
    frames: sorted.length,
    medianFrameMs: at(0.5),
    p99FrameMs: at(0.99),
    longestFrameMs: at(1),
    longTasks: own.length,
    longestTaskMs: Math.round(Math.max(0, ...own.map(({ duration }) => duration))),
    longTasksAround: tasks.length - own.length,
    longestTaskCpuMs: trace ? longestCpu(trace) : Number.NaN,
  };
}

/** Turns the wheel over the view, a frame at a time. */
async function scroll(page: Page, frame: Frame): Promise<void> {
  const box = await page.locator('iframe.webview').first().boundingBox();
  if (!box) throw new Error('the chat is not shown');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
  for (let turned = 0; turned < wheels; turned++) {
    await page.mouse.wheel(0, -pixels);
    await frame.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** Lays a page of plain boxes over the chat, as many and as high as its turns, scrolled to its end. */
const coverWithBoxes = (frame: Frame): Promise<void> =>
  frame.evaluate(() => {
    const cover = document.createElement('div');
    cover.id = 'boxes';
    Object.assign(cover.style, { position: 'fixed', inset: '0', zIndex: '9', overflow: 'auto', background: 'black' });
    for (const { offsetHeight } of document.querySelectorAll<HTMLElement>('.turn')) {
      const box = document.createElement('div');
      box.style.height = `${offsetHeight}px`;
      cover.append(box);
    }
    document.body.append(cover);
    cover.scrollTop = cover.scrollHeight;
  });

/**
 * Scrolls through a kept chat of a thousand messages in real VS Code, against a bound of 50 ms for each task of the page, and
 * against plain boxes that are scrolled alike in the same frame: what they take is the machine's doing.
 */
export async function longChat(): Promise<object> {
  const editor = await startEditor({ size: { width: 1400, height: 900 } });
  try {
    const turns = turnsOf(pairs);
    const began = performance.now();
    const frame = await openStoredChat(editor, turns);
    const openedMs = Math.round(performance.now() - began);
    await editor.page.waitForTimeout(2_000);
    const chat = await recorded(frame, () => scroll(editor.page, frame));
    const top = await frame.evaluate(() => document.querySelector('.log')?.scrollTop ?? 0);
    const jumped = await recorded(frame, async () => {
      for (const place of [0, 0.5, 0.1, 1]) {
        await frame.evaluate((share) => {
          const log = document.querySelector('.log');
          if (log) log.scrollTop = log.scrollHeight * share;
        }, place);
        await editor.page.waitForTimeout(500);
      }
    });
    await coverWithBoxes(frame);
    await editor.page.waitForTimeout(500);
    const boxes = await recorded(frame, () => scroll(editor.page, frame));
    return {
      messages: turns.length,
      openedMs,
      scrolledTo: Math.round(top),
      boundMs: bound,
      withinBound: chat.longestTaskCpuMs <= bound && jumped.longestTaskCpuMs <= bound,
      chat,
      jumped,
      boxes,
    };
  } finally {
    await editor.dispose();
  }
}
