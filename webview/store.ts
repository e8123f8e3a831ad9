import type { ChatState, CommandView, HostMessage } from '../extension/protocol/chat.ts';
import { reduce } from './state.ts';

/** What the page shows, and how often it was asked to take the keyboard. */
export interface Page {
  /** Undefined until the host has answered `ready`. */
  readonly chat: ChatState | undefined;
  /** Counts requests, so that each one is noticed. */
  readonly focusRequests: number;
  /** What came back unsent last; another object each time. */
  readonly returned?: { readonly text: string };
  /** What is to go into the input last; another object each time. */
  readonly inserted?: { readonly text: string };
  /** What a message can begin with, as the host knew it last. */
  readonly commands?: readonly CommandView[];
  /** Counts what was chosen in answer to signs in the input. */
  readonly choices: number;
}

/** Takes the host's messages; see {@link createStore}. */
export type Receive = (message: HostMessage) => void;

/**
 * Applies messages at once but shows streamed text no more than once a frame: a fast model sends several tokens in one.
 * @param show draws a state
 * @param nextFrame calls back before the next frame; frames do not come while the view is hidden
 */
export function createStore(show: (page: Page) => void, nextFrame: (callback: () => void) => void): Receive {
  let page: Page = { chat: undefined, focusRequests: 0, choices: 0 };
  let stale = false;

  function draw(): void {
    stale = false;
    show(page);
  }

  return (message) => {
    const focusRequests = page.focusRequests + (message.type === 'focus' ? 1 : 0);
    const choices = page.choices + (message.type === 'chosen' ? 1 : 0);
    const returned = message.type === 'draft' ? message : page.returned;
    const inserted = message.type === 'insertText' ? message : page.inserted;
    const commands = message.type === 'commands' ? message.commands : page.commands;
    const given = {
      ...(commands ? { commands } : {}),
      ...(returned ? { returned } : {}),
      ...(inserted ? { inserted } : {}),
    };
    page = { chat: reduce(page.chat, message), focusRequests, choices, ...given };
    if (message.type !== 'append') return draw();
    if (stale) return;
    stale = true;
    nextFrame(() => {
      if (stale) draw();
    });
  };
}
