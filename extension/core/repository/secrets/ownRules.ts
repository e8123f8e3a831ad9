import * as l10n from '@vscode/l10n';
import { isPlaceholder, looksIssued, looksLikePassword, looksRandom } from './plausible.ts';
import type { SecretRule } from './scanRules.ts';

/** A token begins where no letter or digit is before it, or behind an escaped line break in a string. */
const edge = '(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt]))';

/** A credential of a known form: `form` says how it looks from its first character on, in a regular expression. */
const issued = (owner: string, form: string, real: SecretRule['real'] = looksIssued): SecretRule => ({
  kind: () => l10n.t('{0} credential', owner),
  pattern: new RegExp(`${edge}(?:${form})(?![A-Za-z0-9])`, 'dg'),
  real,
});

/** What secretlint's preset does not know, or knows in fewer forms. Forms are those of the vendors' documentation. */
export const ownRules: readonly SecretRule[] = [
  {
    kind: () => l10n.t('{0} credential', 'BigModel/Z.ai'),
    // From the dot back: dots are rarer than what may be hexadecimal.
    pattern: /\.(?<=(?:(?<![A-Za-z0-9])|(?<=\\[nrt]))(?<from>[0-9a-f]{32})\.)[A-Za-z0-9]{16}(?![A-Za-z0-9])/dg,
    real: looksRandom,
  },
  issued('Stripe', '(?:[srp]k_(?:live|test)_[A-Za-z0-9]{16,200}|whsec_[A-Za-z0-9+/=]{32,64})'),
  issued('Google', 'AIza[\\w-]{35}|GOCSPX-[\\w-]{28}|ya29\\.[\\w-]{20,1024}'),
  issued('Twilio', 'SK[0-9a-f]{32}'),
  issued('Twilio', 'AC[0-9a-f]{32}["\'`\\s,:;=]{1,16}(?:auth_?token["\'`\\s,:;=]{1,16})?(?<secret>[0-9a-f]{32})'),
  issued('Azure', '(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{40,88}={0,2})'),
  issued('Azure', 'sig=(?<secret>[A-Za-z0-9+/]{10,80}(?:%[0-9A-Fa-f]{2}[A-Za-z0-9+/]{0,80}){0,12}={0,2})', looksRandom),
  issued('Telegram', '\\d{8,10}:AA[\\w-]{33}'),
  issued('Discord', '[MNO][\\w-]{22,27}\\.[\\w-]{6}\\.[\\w-]{27,40}', startsWithDigitsInBase64),
  issued('Discord', 'discord(?:app)?\\.com/api/webhooks/\\d{15,20}/(?<secret>[\\w-]{60,80})'),
  issued('GitLab', 'gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent|ffct)-[\\w.-]{20,300}'),
  issued('npm', 'npm_[A-Za-z0-9]{36}|_authToken\\s{0,4}=\\s{0,4}(?<secret>[\\w.+/=-]{16,400})'),
  issued('PyPI', 'pypi-[\\w-]{50,400}'),
  issued('Hugging Face', 'hf_[A-Za-z0-9]{30,60}|api_org_[A-Za-z0-9]{30,60}'),
  issued('DigitalOcean', 'do[opr]_v1_[0-9a-f]{64}'),
  issued('Mailgun', 'key-[0-9a-z]{32}', looksRandom),
  // The preset leaves out the ids of access keys unless told otherwise.
  issued('AWS', '(?:A3T[A-Z0-9]|AKIA|ASIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA)[A-Z0-9]{16}'),
  issued('AWS', 'aws[\\w-]{0,24}["\']?\\s{0,8}[:=]\\s{0,8}["\']?(?<secret>[A-Za-z0-9/+]{40})', looksRandom),
  issued('Alibaba Cloud', 'LTAI[A-Za-z0-9]{12,24}'),
  issued('Tencent Cloud', 'AKID[A-Za-z0-9]{32}'),
  issued('OpenAI', 'sk-(?:[a-z]{2,8}-)?(?:v1-)?[A-Za-z0-9_-]{32,200}', looksRandom),
  issued('GitHub', 'gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\\w{22,255}'),
  issued('SendGrid', 'SG\\.[\\w-]{16,64}\\.[\\w-]{32,128}'),
  issued('Slack', 'xox[abposr]-[\\w-]{20,250}'),
  issued('Shopify', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'),
  issued('xAI', 'xai-[A-Za-z0-9]{60,100}'),
  issued('Replicate', 'r8_[A-Za-z0-9]{37}'),
  issued('Atlassian', 'ATATT3[\\w=-]{50,250}'),
  issued('Sentry', 'sntry[su]_[\\w+/=-]{40,400}'),
  {
    kind: () => l10n.t('web token (JWT)'),
    pattern: /(?:(?<![\w-])|(?<=\\[nrt]))eyJ[\w-]{10,4000}\.[\w-]{4,20000}\.[\w-]{0,4000}/dg,
    real: hasAlgorithm,
  },
  {
    kind: () => l10n.t('authorization header'),
    pattern: /\b(?:bearer|token|bot)[ +](?<secret>[\w.~+/-]{16,4096}={0,2})/dgi,
    real: looksRandom,
  },
  {
    kind: () => l10n.t('authorization header'),
    pattern: /\bbasic (?<secret>[A-Za-z0-9+/]{8,1024}={0,2})/dgi,
    real: isUserAndPassword,
  },
  {
    kind: () => l10n.t('authorization header'),
    pattern:
      /\b(?:x-[a-z-]{0,30}(?:key|token|secret)|authorization|(?:private|api|job|deploy)-(?:key|token))["']?\s{0,4}(?:[:=]\s{0,4}["'`]?|,\s{0,4}["'`])(?<secret>[\w.~+/-]{16,4096}={0,2})/dgi,
    real: looksRandom,
  },
  {
    kind: () => l10n.t('password in a URL'),
    pattern: /:\/\/[^\s:/@"'`<>()[\]{}]{0,100}:(?<secret>[^\s/@"'`<>]{4,200})@[\w[]/dg,
    real: looksLikePassword,
  },
  {
    kind: () => l10n.t('secret in a URL'),
    pattern:
      /[?&](?:[a-z_-]{0,20}(?:token|key|secret|password|passwd|pwd|signature)|code)=(?<secret>[\w.~%+-]{16,512})/dgi,
    real: looksRandom,
  },
  {
    kind: () => l10n.t('password in a connection string'),
    pattern: /;\s{0,4}(?:password|pwd)\s{0,4}=\s{0,4}(?<secret>[^;"'`\s]{6,128})/dgi,
    real: looksLikePassword,
  },
  {
    kind: () => l10n.t('{0} credential', '.netrc'),
    pattern:
      /\bmachine\s{1,8}\S{1,200}\s{1,8}login\s{1,8}\S{1,200}\s{1,8}password\s{1,8}["']?(?<secret>[^\s"'{}<>]{4,200})/dg,
    real: looksLikePassword,
  },
];

/** RFC 7519: the first part is a JSON object in base64url that names an algorithm. */
function hasAlgorithm(token: string): boolean {
  const head = decoded(token.slice(0, token.indexOf('.')));
  return /^\s*\{[\s\S]*"(?:alg|enc|typ)"\s*:/.test(head);
}

/** A bot's token begins with its numeric id. */
function startsWithDigitsInBase64(token: string): boolean {
  return /^\d{17,20}/.test(decoded(token.slice(0, token.indexOf('.'))));
}

/** RFC 7617: user and password, joined by a colon. */
function isUserAndPassword(value: string): boolean {
  const pair = decoded(value);
  const password = /^[ -~]*?:(?<password>[ -~]{4,})$/.exec(pair)?.groups?.password;
  return password !== undefined && !isPlaceholder(password) && looksLikePassword(password);
}

/** Text of base64 or base64url, empty where it is neither. */
function decoded(base64: string): string {
  try {
    return atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
}
