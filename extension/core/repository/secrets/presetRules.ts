import type { SecretLintRuleContext, SecretLintSourceCode } from '@secretlint/types';
import * as l10n from '@vscode/l10n';
import { looksLikePassword } from './plausible.ts';
import type { SecretFinding } from './secretFinding.ts';

/** A comment in a file must not open the gate for it. */
const filterComments = 'filter-comments';

/** They also report the passwords of test data and documentation, such as "pass". */
const inUrls = new Set(['basicauth', 'database-connection-string']);

/** They report the value's length from where the whole match begins, and so not the value's end. */
const shifted = new Set(['aws', 'npm']);

/**
 * The preset's rules by the end of their id: whose credential one finds, and the characters without which it cannot
 * match, in a regular expression. All rules run where one of these occurs; no test of forms is made here.
 */
const known: Readonly<Record<string, readonly [owner: string, hint?: string]>> = {
  '1password': ['1Password', 'ops_ey'],
  anthropic: ['Anthropic', 'sk-ant-api0'],
  aws: ['AWS', '(?:SECRET|[Ss]ecret)_?(?:ACCESS|[Aa]ccess)_?(?:KEY|[Kk]ey)'],
  basicauth: ['', '://[^\\s/]{1,513}@'],
  cloudflare: ['Cloudflare', 'cfk_|cfut_|cfat_'],
  'database-connection-string': ['', '://[^\\s/]{1,301}@'],
  databricks: ['Databricks', 'dapi[0-9A-Fa-f]'],
  docker: ['Docker', 'dckr_pat_'],
  figma: ['Figma', 'figd_'],
  // Parses JSON, in which a key may be written with escapes: always run.
  gcp: ['Google Cloud'],
  github: ['GitHub', 'gh[opusr]_|github_pat_'],
  gitlab: ['GitLab', 'glpat-'],
  grafana: ['Grafana', 'glc_|glsa_'],
  groq: ['Groq', 'gsk_'],
  'hashicorp-vault': ['Vault', 'hv[sbr]\\.'],
  huggingface: ['Hugging Face', 'hf_[A-Za-z]'],
  linear: ['Linear', 'lin_api_'],
  notion: ['Notion', 'ntn_[0-9]'],
  npm: ['npm', 'npm_[A-Za-z0-9]|_authToken=|:x-oauth-basic@'],
  openai: ['OpenAI', 'T3BlbkFJ'],
  privatekey: ['', 'PRIVATE KEY'],
  sendgrid: ['SendGrid', 'SG\\.\\w'],
  shopify: ['Shopify', 'shp(?:pa|ca|at|ss)_'],
  slack: ['Slack', 'xox[bpaor]-|xapp-|[Hh][Oo][Oo][Kk][Ss]\\.[Ss]'],
  stripe: ['Stripe', '[sr]k_(?:live|test)_'],
  tailscale: ['Tailscale', 'tskey-'],
  vercel: ['Vercel', 'vc[piark]_[A-Za-z0-9]'],
};

const hints = new RegExp(
  Object.values(known)
    .flatMap(([, hint]) => hint ?? [])
    .join('|'),
);

/**
 * What secretlint's recommended preset finds. Its rules are called directly and not through `lintSource`, whose
 * profiler keeps marks of every file for ever and whose removal of duplicates is quadratic. Loaded at the first call.
 */
export async function presetSecrets(path: string, text: string): Promise<SecretFinding[]> {
  const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
  const hinted = hints.test(text);
  const source = sourceOf(path, text);
  const found: SecretFinding[] = [];
  for (const rule of rules) {
    const name = rule.meta.id.replace(/^@secretlint\/secretlint-rule-/, '');
    if (name === filterComments || (!hinted && known[name]?.[1] !== undefined)) continue;
    const kind = kindOf(name);
    const context: SecretLintRuleContext = {
      sharedOptions: {},
      createTranslator: () => (messageId, data) => ({ message: '', messageId: String(messageId), data }),
      ignore: () => {},
      report: ({ message, range }) => {
        const { start, end } = spanOf(name, text, range, message.data);
        if (!inUrls.has(name) || looksLikePassword(text.slice(start, end))) found.push({ kind, start, end });
      },
    };
    await rule.create(context, {}).file?.(source);
  }
  return found;
}

/** The words for a rule, also for one that a later version of the preset adds. */
function kindOf(name: string): string {
  if (name === 'privatekey') return l10n.t('private key');
  if (inUrls.has(name)) return l10n.t('password in a URL');
  return l10n.t('{0} credential', known[name]?.[0] || name);
}

const inUrl = /:\/\/[^\s:/]{0,256}:(?<password>[^\s@/]{1,256})@/d;

/**
 * The span of what a rule reports. Of a URL only the password has to go; and where the value is not where the rule says,
 * the value counts.
 */
function spanOf(
  name: string,
  text: string,
  range: readonly [number, number],
  data: object | undefined,
): { start: number; end: number } {
  const [start, end] = range;
  if (inUrls.has(name)) {
    const password = inUrl.exec(text.slice(start, end))?.indices?.groups?.password;
    if (password) return { start: start + password[0], end: start + password[1] };
  } else if (shifted.has(name)) {
    const value = Object.values(data ?? {}).find((each) => typeof each === 'string');
    const at = value === undefined ? -1 : text.indexOf(value, start);
    if (value !== undefined && at >= 0) return { start: at, end: at + value.length };
  }
  return { start, end };
}

function sourceOf(path: string, text: string): SecretLintSourceCode {
  const unused = (): never => {
    throw new Error('a secretlint rule asks for positions');
  };
  return {
    hasBOM: false,
    content: text,
    filePath: path,
    physicalFilePath: undefined,
    contentType: 'text',
    // Of all endings the rules look at these two only, and for .p12 they would read the file from disk.
    ext: path.endsWith('.json') ? '.json' : '',
    getFilePath: () => path,
    getPhysicalFilePath: () => undefined,
    locationToRange: unused,
    rangeToLocation: unused,
    positionToIndex: unused,
    indexToPosition: unused,
  };
}
