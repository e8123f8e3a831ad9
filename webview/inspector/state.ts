import type { ErrorView } from '../../extension/protocol/chat.ts';
import type { InspectedPack, InspectorChoices, InspectorHostMessage } from '../../extension/protocol/inspector.ts';
import { type Row, rowsOf } from './rows.ts';

/** What stands in the way of showing what was asked for. */
type Trouble =
  | { readonly type: 'nothing'; readonly why: string }
  | { readonly type: 'failed'; readonly error: ErrorView }
  | { readonly type: 'stopped' };

/** What the page shows. */
export interface InspectorState {
  readonly language: string;
  /** Undefined until the host has told. */
  readonly choices: InspectorChoices | undefined;
  /** What is being packed: files read and to read, where that is known. */
  readonly packing: { readonly done?: number; readonly total?: number } | undefined;
  /** The last pack; it stays while another is made, unless that is of something else. */
  readonly shown: { readonly pack: InspectedPack; readonly rows: readonly Row[] } | undefined;
  readonly trouble: Trouble | undefined;
}

/** The page before the host has said anything. */
export const blank: InspectorState = {
  language: 'en',
  choices: undefined,
  packing: undefined,
  shown: undefined,
  trouble: undefined,
};

/** What a message from the host makes of the page's state. */
export function reduce(state: InspectorState, message: InspectorHostMessage): InspectorState {
  switch (message.type) {
    case 'start':
      return { ...state, language: message.language };
    case 'choices':
      return { ...state, choices: message.choices };
    case 'packing':
      return { ...state, packing: message, trouble: undefined };
    case 'pack':
      return { ...state, packing: undefined, shown: { pack: message.pack, rows: rowsOf(message.pack) } };
    case 'nothing':
    case 'failed':
      return { ...state, packing: undefined, shown: undefined, trouble: message };
    case 'stopped':
      return { ...state, packing: undefined, trouble: message };
  }
}
