import type { FimFormat } from '../modelFamilies.ts';
import type { ServerKind } from './serverKinds.ts';

/** What a local server turned out to be. */
export interface LocalServer {
  /** Base URL without a trailing slash. */
  readonly url: string;
  readonly kind: ServerKind;
  readonly model: string;
  /** Every model that it lists. */
  readonly models: readonly string[];
  /** Tokens of prompt and answer together, for one request. */
  readonly window: number;
  /** Whether the server told the window, or it is the family's. */
  readonly tellsWindow: boolean;
  readonly fim: FimFormat | 'none';
  /** The path that counts tokens; undefined where there is none. */
  readonly tokenizer?: string;
  /** Requests that it works on at once; undefined where it does not tell. */
  readonly slots?: number;
  /** Whether thinking can be switched. */
  readonly thinks: boolean;
  readonly tokenFactor: number;
}
