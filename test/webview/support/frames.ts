import type { Page } from 'playwright-core';

interface Recorder {
  recording?: number[];
}

/** Milliseconds from frame to frame. */
export interface FrameTimes {
  readonly count: number;
  readonly median: number;
  readonly p99: number;
  readonly longest: number;
}

/** The times between the frames while something happens. */
export async function frameTimes(page: Page, happens: () => Promise<unknown>): Promise<FrameTimes> {
  await page.evaluate(() => {
    const times: number[] = [];
    const recorder = globalThis as Recorder;
    recorder.recording = times;
    let last = performance.now();
    requestAnimationFrame(function tick(now) {
      if (recorder.recording !== times) return;
      times.push(Math.max(0, now - last));
      last = now;
      requestAnimationFrame(tick);
    });
  });
  await happens();
  const times = await page.evaluate(() => {
    const recorder = globalThis as Recorder;
    const recorded = recorder.recording ?? [];
    delete recorder.recording;
    return recorded;
  });
  const sorted = times.sort((one, other) => one - other);
  const at = (part: number) => Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? 0);
  return { count: sorted.length, median: at(0.5), p99: at(0.99), longest: at(1) };
}

/** Turns the wheel above the conversation, and waits until what came near has been drawn. */
export async function wheel(page: Page, pixels: number, frames = 4): Promise<void> {
  const { width = 0 } = page.viewportSize() ?? {};
  await page.mouse.move(width / 2, 200);
  await page.mouse.wheel(0, pixels);
  await nextFrames(page, frames);
}

/** Waits for so many frames. */
export const nextFrames = (page: Page, count: number): Promise<void> =>
  page.evaluate(async (left) => {
    for (; left > 0; left--) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, count);
