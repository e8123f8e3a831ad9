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
  if (error instanceof BackendError)
    return `${[error.summary, nextStepOf(error)].filter(Boolean).join(' ')}\n  ${error.detail}`;
  if (error instanceof FolderFailure || error instanceof UsageFailure) return error.message;
  return l10n.t('Unexpected failure: {0}', error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** What helps here, where there are neither the editor's settings nor its commands. */
function nextStepOf({ kind, nextStep }: BackendError): string {
  if (!/glmCoder\.|GLM Coder:/.test(nextStep)) return nextStep;
  switch (kind) {
    case 'unreachable':
    case 'not-a-model-server':
      return l10n.t('Start a model server, or give the address of one with "--url".');
    case 'authentication':
      return l10n.t('Set the key in GLM_API_KEY; that of a server of your own in GLM_LOCAL_API_KEY.');
    case 'request':
    case 'server':
      return l10n.t('This is what it said:');
    default:
      return nextStep;
  }
}
