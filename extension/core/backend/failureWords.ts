import * as l10n from '@vscode/l10n';
import type { BackendErrorKind } from './backendError.ts';

/** Where a request went: for the wording of its failures. */
export interface Target {
  readonly kind: 'hosted' | 'local';
  /** Scheme, host and port. */
  readonly origin: string;
  readonly model: string;
}

/** What failed with its likely cause, and the next step, in the user's language. */
export function failureWords(
  kind: BackendErrorKind,
  { kind: where, origin, model }: Target,
): readonly [summary: string, nextStep: string] {
  switch (kind) {
    case 'unreachable':
      return where === 'local'
        ? [
            l10n.t('No model server answers at {0}.', origin),
            l10n.t('Start it, or correct the setting "glmCoder.local.url".'),
          ]
        : [l10n.t('{0} cannot be reached.', origin), l10n.t('Check the network connection and the proxy settings.')];
    case 'offline':
      return [
        l10n.t('{0} is not found: this computer seems to be offline.', origin),
        l10n.t('Connect to the network, or choose a local model server.'),
      ];
    case 'proxy':
      return [
        l10n.t('The proxy on the way to {0} does not let us through.', origin),
        l10n.t('Check "http.proxy" in the settings, or the variables https_proxy and no_proxy.'),
      ];
    case 'certificate':
      return [
        l10n.t('The certificate of {0} is not trusted.', origin),
        l10n.t("Add your company's certificate to those of the system, or see NODE_EXTRA_CA_CERTS."),
      ];
    case 'redirected':
      return [
        l10n.t('{0} sends us on to another address, which does not get your key.', origin),
        l10n.t('Set the address that it names in the log, if you trust it: "GLM Coder: Show Log".'),
      ];
    case 'not-a-model-server':
      return [
        l10n.t('What answers at {0} is not an OpenAI-compatible model server.', origin),
        where === 'local'
          ? l10n.t('Correct the setting "glmCoder.local.url": it is the base URL, without a path.')
          : l10n.t('Choose another endpoint in the setting "glmCoder.hosted.endpoint".'),
      ];
    case 'authentication':
      return [l10n.t('{0} did not accept the API key.', origin), l10n.t('Enter it with "GLM Coder: Set API Key".')];
    case 'account':
      return [
        l10n.t('The account of this API key is not active at {0}, or may not use {1}.', origin, model),
        l10n.t('Sign in there to see why, or enter the key of another account.'),
      ];
    case 'balance':
      return [
        l10n.t('The account at {0} has no balance for {1}.', origin, model),
        l10n.t('Top it up. A Coding Plan key needs the Coding Plan endpoint in "glmCoder.hosted.endpoint".'),
      ];
    case 'limit':
      return [
        l10n.t('The usage limit at {0} is reached.', origin),
        l10n.t('Wait until it resets, or choose another backend.'),
      ];
    case 'plan-expired':
      return [l10n.t('The Coding Plan at {0} has expired.', origin), l10n.t('Renew it, or use pay-as-you-go.')];
    case 'plan-model':
      return [
        l10n.t('The Coding Plan at {0} does not include {1}.', origin, model),
        l10n.t('Choose another model in the settings.'),
      ];
    case 'fair-use':
      return [
        l10n.t('{0} slows this account down: its use breaks the fair-use policy of the plan.', origin),
        l10n.t('Read the terms of the plan, or use pay-as-you-go.'),
      ];
    case 'rate-limit':
      return [l10n.t('{0} is receiving too many requests.', origin), l10n.t('Wait a moment and try again.')];
    case 'overloaded':
      return [
        l10n.t('{0} is overloaded for {1}.', origin, model),
        l10n.t('Try again in a minute, or choose another model.'),
      ];
    case 'loading':
      return [
        l10n.t('The server at {0} is still loading {1}.', origin, model),
        l10n.t('Try again when it has finished.'),
      ];
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
    case 'tools':
      return [
        l10n.t('{0} does not let {1} use tools.', origin, model),
        l10n.t('See the README for how to start the server with a tool parser.'),
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
    case 'spending':
      return [
        l10n.t('The spending limit of {0} for this session is reached.', model),
        l10n.t('Raise "glmCoder.hosted.spendingLimit", or choose another backend.'),
      ];
    case 'no-model':
      return [
        l10n.t('The repository matcher is not a model and cannot do this.'),
        l10n.t('Connect a model: a local server or an API key.'),
      ];
  }
}
