import type { ErrorView } from './chat.ts';
import type { WindowProbeResult } from './windowProbe.ts';

/** What crosses between the extension host and the pages of Doctor and of the window probe: plain JSON. */

/** What this session has taken so far, in tokens and US dollars. */
export interface SpentView {
  readonly requests: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly cost: number;
}

/** What Doctor found. */
export interface DoctorView {
  /** It is looking; what is shown is what it found before. */
  readonly isLooking: boolean;
  /** A model answers. */
  readonly isOk: boolean;
  /** What answers, and why it; undefined where nothing does. */
  readonly backend?: { readonly label: string; readonly reason: string; readonly window: number };
  /** What it can do, and what else is there, in the user's language; an empty one between two servers. */
  readonly lines: readonly string[];
  readonly spent: SpentView;
  /** The last window probe of the backend. */
  readonly probe?: WindowProbeResult;
  /** The latest first; `at` in ISO 8601. */
  readonly failures: readonly { readonly at: string; readonly kind: string; readonly summary: string }[];
  readonly error?: ErrorView;
}

/** What a probe will take. */
export interface PlanView {
  readonly backend: string;
  /** Tokens. */
  readonly window: number;
  readonly fills: readonly number[];
  readonly requests: number;
  readonly promptTokens: number;
  /** US dollars; undefined where nothing is charged, or the price is not known. */
  readonly cost?: { readonly expected: number; readonly most: number };
  readonly endsWithRepository: boolean;
}

/** A window probe: planned, running, or over. */
export interface ProbeView {
  readonly phase: 'preparing' | 'ready' | 'running' | 'stopping' | 'failed';
  readonly plan?: PlanView;
  /** How far it is: the prompt under way, from 1, and the share of all that is done, 0 to 1. */
  readonly progress?: { readonly text: string; readonly share: number };
  /** What was measured last, or so far. */
  readonly result?: WindowProbeResult;
  /** Tokens of `glmCoder.context.budget`. */
  readonly budget: number;
  readonly error?: ErrorView;
}

/** Everything that one of the two pages shows. */
export type DiagnosticsState =
  | { readonly view: 'doctor'; readonly doctor: DoctorView }
  | { readonly view: 'probe'; readonly probe: ProbeView };

/** From the host to the page. */
export interface DiagnosticsHostMessage {
  readonly type: 'state';
  readonly state: DiagnosticsState;
  readonly l10n: Readonly<Record<string, string>>;
}

/** What the pages can ask for; the page says `ready` first. */
export const diagnosticsRequests = [
  'ready',
  'look',
  'copyReport',
  'openReport',
  'showLog',
  'probe',
  'start',
  'stop',
  'setBudget',
] as const;

/** From the page to the host. */
export interface DiagnosticsPageMessage {
  readonly type: (typeof diagnosticsRequests)[number];
}

/** Whether something that arrived from the page is one of its messages. */
export function isDiagnosticsPageMessage(value: unknown): value is DiagnosticsPageMessage {
  const type = (value as { type?: unknown } | null | undefined)?.type;
  return diagnosticsRequests.some((request) => request === type);
}
