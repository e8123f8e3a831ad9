import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { BackendError } from '../core/backend/backendError.ts';
import { StoreFailure } from '../core/conversation/history/storeFailure.ts';
import { FolderFailure, type Log, ReadingStopped } from '../core/ports.ts';
import type { ErrorView } from '../protocol/chat.ts';

/** Thrown where proposed edits no longer fit the files; its message is for the user, and nothing was changed. */
export class EditsRefused extends Error {
  override readonly name = 'EditsRefused';
}

function stepFor(kind: StoreFailure['kind']): string {
  switch (kind) {
    case 'full':
      return l10n.t('The disk is full: make room on it.');
    case 'denied':
      return l10n.t('Make its folder writable; the log names it.');
    case 'in use':
      return l10n.t('The chat is open in another window.');
    case 'gone':
      return l10n.t('The chat has been deleted.');
    case 'broken':
      return l10n.t('The details are in "GLM Coder: Show Log".');
  }
}

/** A failure in words for the user; its detail goes to the log. */
export function explain(error: unknown, log: Log): ErrorView {
  if (error instanceof BackendError) {
    log.warn(`${error.kind}: ${error.detail}`);
    return { summary: error.summary, nextStep: error.nextStep };
  }
  if (error instanceof EditsRefused) {
    return { summary: error.message, nextStep: l10n.t('Ask again, or make the change by hand.') };
  }
  if (error instanceof FolderFailure) {
    log.warn(error.message);
    return { summary: error.message, nextStep: l10n.t('Open another folder.') };
  }
  if (StoreFailure.is(error)) {
    log.warn(`${error.kind}: ${error.message}`);
    return { summary: l10n.t('The chat history could not be read or written.'), nextStep: stepFor(error.kind) };
  }
  if (error instanceof ReadingStopped) {
    return { summary: error.message, nextStep: l10n.t('Ask again to have it read.') };
  }
  log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return {
    summary: l10n.t('GLM Coder met an unexpected failure.'),
    nextStep: l10n.t('The details are in "GLM Coder: Show Log".'),
  };
}

/** Shows a failure once, with what to do about it. */
export async function showFailure(error: unknown, log: Log): Promise<void> {
  const { summary, nextStep } = explain(error, log);
  const setKey = l10n.t('Set API Key');
  const choose = l10n.t('Choose Backend');
  const show = l10n.t('Show Log');
  const aboutBackend = error instanceof BackendError;
  const actions = aboutBackend ? [setKey, choose, show] : [show];
  const picked = await vscode.window.showErrorMessage(`${summary} ${nextStep}`, ...actions);
  const commands = new Map([
    [setKey, 'glmCoder.setApiKey'],
    [choose, 'glmCoder.selectBackend'],
    [show, 'glmCoder.showLog'],
  ]);
  const command = picked && commands.get(picked);
  if (command) await vscode.commands.executeCommand(command);
}

/** Registers a command whose failures are shown, whoever calls it. */
export function registerCommand(id: string, log: Log, run: (...args: unknown[]) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      await run(...args);
    } catch (error) {
      await showFailure(error, log);
    }
  });
}
