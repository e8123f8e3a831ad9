import * as l10n from '@vscode/l10n';
import { BackendError } from '../core/backend/backendError.ts';
import { FolderFailure } from '../core/ports.ts';

/** Thrown for arguments that make no sense; its message is fit to be shown. */
export class UsageFailure extends Error {
  override readonly name = 'UsageFailure';
}

/**
 * What the command line says of a failure: the cause and the next step, and the server's words for whoever debugs. What
 * comes of an interrupt is no failure.
 */
export function failureText(error: unknown, interrupted: AbortSignal): string {
  if (interrupted.aborted) return l10n.t('Interrupted.');
  if (error instanceof BackendError) return `${error.message}\n  ${error.detail}`;
  if (error instanceof FolderFailure || error instanceof UsageFailure) return error.message;
  return l10n.t('Unexpected failure: {0}', error instanceof Error ? (error.stack ?? error.message) : String(error));
}
