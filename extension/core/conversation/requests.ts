import type { ChatMessage } from '../backend/backend.ts';
import type { Pack, Steering } from '../pack.ts';
import type { MeterInput } from './contextMeter.ts';
import type { Survey } from './mapReduce/survey.ts';

/** A request for the next message of a conversation. */
export interface ConversationRequest {
  /** Absolute path of the folder, or undefined where none is open. */
  readonly root: string | undefined;
  /** The messages so far, the new one last. */
  readonly messages: readonly ChatMessage[];
  /** The user's own words in the new message, without what was attached to it. */
  readonly question: string;
  /** What an earlier turn of the same conversation streamed as `packed`. */
  readonly pack?: Pack;
  /** The project's own rules, the same for a whole conversation. */
  readonly projectRules?: string;
  /** Whether to think first; the settings' choice unless given. Keep it for a whole conversation. */
  readonly thinking?: boolean;
  /** Edits are planned over the repository first, which is packed so that there is room for the files to edit. */
  readonly planned?: boolean;
  /** Edits are to be whole files where that is possible. Keep it for a whole conversation. */
  readonly prefersWhole?: boolean;
  /** Whether the model may use tools; the settings' choice unless given. Keep it for a whole conversation. */
  readonly tools?: boolean;
  /** Has the prompt begin with the repository, whatever the kind. Keep it for a whole conversation. */
  readonly repository?: boolean;
  readonly overlay?: Readonly<Record<string, string>>;
  readonly exclude?: readonly string[];
  /** Tokens of repository in place of the settings' own; the window limits them further. */
  readonly budget?: number;
  /** What of the repository must be read, or must not. */
  readonly steering?: Steering;
}

/** A question about every file. */
export interface EverythingRequest extends ConversationRequest {
  /** Asked before anything is sent, where it takes several requests. */
  readonly confirm: Survey['confirm'];
}

/** A message that is being written, and the conversation that it is for. */
export interface MeasureRequest
  extends Pick<ConversationRequest, 'root' | 'messages' | 'pack' | 'projectRules' | 'repository'> {
  readonly kind: 'chat' | 'ask' | 'edit';
  readonly message: string;
  /** What is attached to it, by what takes it away. */
  readonly attachments: MeterInput['attachments'];
}
