import * as l10n from '@vscode/l10n';
import type { TransportFailure } from '../ports.ts';
import { BackendError, type BackendErrorKind } from './backendError.ts';
import { businessCodes } from './businessCodes.ts';

/** The words of every server for a prompt that does not fit (glm-protocol.md 4.2). */
const overflowWords =
  /exceeds the available context size|exceed_context_size_error|maximum context length is \d+|is longer than the model's context length|Requested token count exceeds|greater than the context length|prompt is longer than the context length|context[_ ]length[_ ]exceeded|model_context_window_exceeded|Prompt (too long|exceeds max length)|reached its context window limit/i;

/** Where a request went: for the wording of its failures. */
export interface Target {
  readonly kind: 'hosted' | 'local';
  /** Scheme, host and port. */
  readonly origin: string;
  readonly model: string;
}

function words(kind: BackendErrorKind, target: Target): readonly [summary: string, nextStep: string] {
  const { origin, model } = target;
  switch (kind) {
    case 'unreachable':
      return target.kind === 'local'
        ? [
            l10n.t('No model server answers at {0}.', origin),
            l10n.t('Start it, or correct the setting "glmCoder.local.url".'),
          ]
        : [l10n.t('{0} cannot be reached.', origin), l10n.t('Check the network connection and the proxy settings.')];
    case 'not-a-model-server':
      return [
        l10n.t('What answers at {0} is not an OpenAI-compatible model server.', origin),
        target.kind === 'local'
          ? l10n.t('Correct the setting "glmCoder.local.url": it is the base URL, without a path.')
          : l10n.t('Choose another endpoint in the setting "glmCoder.hosted.endpoint".'),
      ];
    case 'authentication':
      return [l10n.t('{0} did not accept the API key.', origin), l10n.t('Enter it with "GLM Coder: Set API Key".')];
    case 'balance':
      return [
        l10n.t('The account at {0} has no balance for {1}.', origin, model),
        l10n.t('Top it up. A Coding Plan key needs the Coding Plan endpoint in "glmCoder.hosted.endpoint".'),
      ];
    case 'plan':
      return [
        l10n.t("The plan's limit at {0} is reached, or does not include {1}.", origin, model),
        l10n.t('Choose another model or wait until the limit resets.'),
      ];
    case 'rate-limit':
      return [l10n.t('{0} is receiving too many requests.', origin), l10n.t('Wait a moment and try again.')];
    case 'overflow':
      return [
        l10n.t('The prompt is longer than the context window of {0}.', model),
        l10n.t('Lower "glmCoder.context.budget", or attach less.'),
      ];
    case 'moderation':
      return [
        l10n.t('{0} refused the content as sensitive.', origin),
        l10n.t('Rephrase the question or leave out the passage.'),
      ];
    case 'model':
      return [
        l10n.t('{0} does not serve the model {1}.', origin, model),
        l10n.t('Choose another model in the settings.'),
      ];
    case 'request':
      return [l10n.t('{0} refused the request.', origin), l10n.t('Its reason is in the log: "GLM Coder: Show Log".')];
    case 'server':
      return [
        l10n.t('{0} failed while answering.', origin),
        l10n.t('Try again; the details are in "GLM Coder: Show Log".'),
      ];
    case 'timeout':
      return [l10n.t('{0} did not answer in time.', origin), l10n.t('Try again, or send less context.')];
    case 'no-model':
      return [
        l10n.t('The repository matcher is not a model and cannot do this.'),
        l10n.t('Connect a model: a local server or an API key.'),
      ];
  }
}

/** Makes the error of a kind, in the user's language. */
export function failure(kind: BackendErrorKind, target: Target, detail: string, retryable = false): BackendError {
  const [summary, nextStep] = words(kind, target);
  return new BackendError({ kind, summary, nextStep, retryable, detail });
}

/** The error's code and message, wherever a server's JSON carries them (glm-protocol.md 1.5, 4.2). */
function errorFields(body: unknown): { code: string; message: string } {
  if (typeof body === 'string') return { code: '', message: body };
  if (typeof body !== 'object' || body === null) return { code: '', message: '' };
  const outer = body as Record<string, unknown>;
  if (typeof outer.error === 'string') return { code: '', message: outer.error };
  const inner = (typeof outer.error === 'object' && outer.error !== null ? outer.error : outer) as Record<
    string,
    unknown
  >;
  return { code: String(inner.code ?? ''), message: String(inner.message ?? inner.type ?? '') };
}

/** The kind of failure by HTTP status, where no business code says more. */
function kindOfStatus(status: number): readonly [BackendErrorKind, boolean] {
  if (status === 401 || status === 403 || status === 434) return ['authentication', false];
  if (status === 404 || status === 405) return ['not-a-model-server', false];
  if (status === 408) return ['timeout', true];
  if (status === 429) return ['rate-limit', true];
  if (status >= 500) return ['server', true];
  return ['request', false];
}

/** The error that an in-stream `error` object or an HTTP error body stands for. */
export function failureFromBody(body: unknown, status: number, target: Target): BackendError {
  const { code, message } = errorFields(body);
  const detail = `HTTP ${status}, code ${code || '(none)'}: ${message.slice(0, 500)}`;
  if (overflowWords.test(JSON.stringify(body) ?? '')) return failure('overflow', target, detail);
  const known = businessCodes.get(code);
  if (known) return failure(known.kind, target, detail, known.retryable);
  if (status === 404 && /model/i.test(message)) return failure('model', target, detail);
  const [kind, retryable] = kindOfStatus(Number(code) >= 400 && Number(code) < 600 ? Number(code) : status);
  return failure(kind, target, detail, retryable);
}

/** The error that an HTTP error response stands for; `text` is its body. */
export function failureFromResponse(status: number, text: string, target: Target): BackendError {
  try {
    return failureFromBody(JSON.parse(text), status, target);
  } catch {
    const [kind, retryable] = kindOfStatus(status);
    return failure(kind, target, `HTTP ${status}: ${text.slice(0, 200)}`, retryable);
  }
}

/** The error for a request that got no response, or whose stream broke off. */
export function failureFromTransport(error: TransportFailure, target: Target): BackendError {
  const detail = `${error.kind}: ${error.message}`;
  switch (error.kind) {
    case 'refused':
    case 'unresolved':
    case 'tls':
      return failure('unreachable', target, detail, true);
    case 'timeout':
      return failure('timeout', target, detail, true);
    case 'broken':
      return failure('server', target, detail, true);
  }
}
