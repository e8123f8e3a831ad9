import { RequestType } from 'vscode-jsonrpc/node';
import type { Language } from '../core/repository/languages.ts';
import type { OutlineCode } from '../core/repository/outlineCode.ts';

/** What the parser's worker needs to start: the folder of the grammars. */
export interface OutlineWorkerData {
  readonly distribution: string;
}

/** Outlines a text; null where it cannot be parsed. */
export const outlineRequest = new RequestType<{ language: Language; text: string }, OutlineCode | null, void>(
  'outline',
);

/** Tells the lines at which a text does not parse; null where it cannot be parsed. */
export const faultsRequest = new RequestType<{ language: Language; text: string }, readonly number[] | null, void>(
  'faults',
);

/** Tells what stands at a place of a text; null where it cannot be parsed. */
export const surroundingsRequest = new RequestType<
  { language: Language; text: string; offset: number },
  'code' | 'comment' | 'string' | null,
  void
>('surroundings');
