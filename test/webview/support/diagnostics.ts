import type { Browser, Page } from 'playwright-core';
import type {
  DiagnosticsHostMessage,
  DiagnosticsPageMessage,
  DiagnosticsState,
  DoctorView,
  ProbeView,
} from '../../../extension/protocol/diagnostics.ts';
import type { FillResult, WindowProbeResult } from '../../../extension/protocol/windowProbe.ts';
import { openChatPage, type PageOptions } from './page.ts';

/** The page of Doctor and of the window probe, with the test as its host. */
export interface DiagnosticsPage {
  readonly page: Page;
  readonly errors: readonly string[];
  draw(state: DiagnosticsState, l10n?: Readonly<Record<string, string>>): Promise<void>;
  /** What the page has asked for since the last call. */
  asked(): Promise<DiagnosticsPageMessage['type'][]>;
  close(): Promise<void>;
}

/** Opens what `npm run build` made of the page. */
export async function openDiagnostics(browser: Browser, options: PageOptions = {}): Promise<DiagnosticsPage> {
  const opened = await openChatPage(browser, { width: 900, height: 1600, ...options, bundle: 'diagnostics' });
  const { page, errors, close } = opened;
  return {
    page,
    errors,
    close,
    async draw(state, l10n = {}) {
      const message: DiagnosticsHostMessage = { type: 'state', state, l10n };
      await page.evaluate(async (data) => {
        window.dispatchEvent(new MessageEvent('message', { data }));
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      }, message);
    },
    asked: async () => (await opened.heard()).map(({ type }) => type as DiagnosticsPageMessage['type']),
  };
}

const depths = [10, 30, 50, 70, 90];

/** A size at which so much was recalled, the less the earlier it stands. */
export const fill = (size: number, recall: number, more: Partial<FillResult> = {}): FillResult => ({
  fill: size,
  countedTokens: size - 12,
  promptTokens: size - 4,
  recall: {
    planted: recall,
    real: Math.max(0, recall - 0.1),
    all: recall - 0.05,
    questions: 20,
    byDepth: depths.map((depth) => ({ depth, recall: Math.min(1, recall * (0.4 + depth / 100)), questions: 4 })),
  },
  firstTokenCold: size / 2.2,
  firstTokenCached: 60 + size / 800,
  tokensPerSecond: 2_400 - size / 60,
  cachedShare: 0.987,
  ...more,
});

/** A model that reads 32K of its 128K well. */
export const probeResult: WindowProbeResult = {
  backend: 'glm-4.7 at 127.0.0.1:8080',
  model: 'glm-4.7',
  window: 131_072,
  seed: 7,
  measured: '2026-11-25T13:28:06.819Z',
  fills: [fill(8_000, 1), fill(16_000, 1), fill(32_000, 0.97), fill(64_000, 0.8), fill(128_000, 0.45)],
  effectiveWindow: 32_000,
  notes: ['The repository holds 190,000 tokens; more cannot be measured with it.'],
};

/** A probe that may begin. */
export const probeView: ProbeView = {
  phase: 'ready',
  budget: 128_000,
  plan: {
    backend: 'glm-4.7 at api.z.ai',
    window: 200_000,
    fills: [8_000, 16_000, 32_000, 64_000, 128_000, 199_400],
    requests: 12,
    promptTokens: 894_800,
    cost: { expected: 0.32, most: 0.55 },
    endsWithRepository: false,
  },
};

/** What Doctor finds on a good day. */
export const doctorView: DoctorView = {
  isLooking: false,
  isOk: true,
  backend: { label: 'glm-4.7 at 127.0.0.1:8080', reason: 'found on its default port', window: 131_072 },
  lines: [
    'glm-4.7 at 127.0.0.1:8080 (found on its default port)',
    '',
    'llama.cpp at http://127.0.0.1:8080, model glm-4.7',
    'Context window: 131,072 tokens',
    'Fill in the middle: yes, with GLM tokens; suffix first, so that typing keeps the cache',
    'Tokens from its cache: reported',
  ],
  spent: { requests: 42, promptTokens: 1_200_000, cachedTokens: 1_100_000, completionTokens: 9_100, cost: 0.1234 },
  failures: [
    { at: '2026-11-25T13:28:06.819Z', kind: 'timeout', summary: 'http://127.0.0.1:8080 did not answer in time.' },
  ],
};
