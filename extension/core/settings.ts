/** The hosted API's endpoints (glm-protocol.md 1.1). The Coding Plan ones are only ever an explicit choice. */
export const hostedEndpoints = {
  bigmodel: 'https://open.bigmodel.cn/api/paas/v4',
  zai: 'https://api.z.ai/api/paas/v4',
  'bigmodel-coding-plan': 'https://open.bigmodel.cn/api/coding/paas/v4',
  'zai-coding-plan': 'https://api.z.ai/api/coding/paas/v4',
} as const;

/** A hosted endpoint's name, as in the setting `glmCoder.hosted.endpoint`. */
export type HostedEndpoint = keyof typeof hostedEndpoints;

/** Which backend to use, as in the setting `glmCoder.backend`. */
export type BackendChoice = 'auto' | 'hosted' | 'local' | 'embedded';

/** The settings, read in one place by each host and never re-checked in the core. */
export interface Settings {
  readonly backend: BackendChoice;
  /** Asked in this order where the backend fails. */
  readonly failover: readonly ('hosted' | 'local')[];
  readonly hosted: {
    /** Base URL without a trailing slash. */
    readonly url: string;
    readonly chatModel: string;
    readonly completionModel: string;
    /** US dollars that a session may cost; 0 for no limit. */
    readonly spendingLimit: number;
    /** The user has read the terms of the Coding Plan, and chosen it all the same. */
    readonly acceptsPlanTerms: boolean;
  };
  readonly local: {
    /** Base URL without a trailing slash or `/v1`; empty to look on the default ports. */
    readonly url: string;
    /** Empty for the first model that the server lists. */
    readonly model: string;
    /** Tokens of prompt and answer together, in place of what the server tells; 0 to believe the server. */
    readonly window: number;
  };
  readonly inline: {
    /** Milliseconds of rest before a request, at the most; it adapts to the user below that. */
    readonly debounce: number;
    /** Tokens of answer, at the most. */
    readonly maxTokens: number;
    /** Tokens of repository context in an inline prompt; 0 for what the backend reads in a set time. */
    readonly contextTokens: number;
  };
  readonly chat: {
    /** Whether models think before they answer, where that can be chosen; read when a conversation begins. */
    readonly thinking: boolean;
    /** Whether models may look into the repository with tools; read when a conversation begins. */
    readonly tools: boolean;
  };
  readonly context: {
    /** Tokens of repository context for a question. */
    readonly budget: number;
  };
}

/** What holds where the user has set nothing; `package.json` declares the same values. */
export const defaultSettings: Settings = {
  backend: 'auto',
  failover: [],
  hosted: {
    url: hostedEndpoints.bigmodel,
    chatModel: 'glm-4.7',
    completionModel: 'glm-4.5-air',
    spendingLimit: 0,
    acceptsPlanTerms: false,
  },
  local: { url: '', model: '', window: 0 },
  inline: { debounce: 400, maxTokens: 128, contextTokens: 0 },
  chat: { thinking: true, tools: false },
  context: { budget: 128_000 },
};

/** How to reach other machines. */
export interface NetworkSettings {
  /** URL of a proxy; goes before the environment's. */
  readonly proxy?: string;
  /** Hosts that are reached without it. */
  readonly noProxy?: readonly string[];
  /** Whether certificates must be trusted. */
  readonly strictSsl: boolean;
  /** Whether the system's certificates are trusted besides those that come with Node. */
  readonly systemCertificates: boolean;
  /** The value of `proxy-authorization`, where it is set by itself. */
  readonly proxyAuthorization?: string;
}

/** What holds where nothing is set. */
export const defaultNetwork: NetworkSettings = { strictSsl: true, systemCertificates: true };
