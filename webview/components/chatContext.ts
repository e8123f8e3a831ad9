import { createContext } from 'preact';

/** What the actions of a message depend on beside the message. */
export interface ChatContext {
  /** True while an answer is on its way: until then the conversation cannot be changed. */
  readonly busy: boolean;
  /** The answer that the conversation ends with. */
  readonly lastAnswer: string | undefined;
  /** Puts the keyboard into the input. */
  focusInput(): void;
}

/** Read only by what shows it, so that other messages are not drawn again when it changes. */
export const Chat = createContext<ChatContext>({ busy: false, lastAnswer: undefined, focusInput: () => {} });
