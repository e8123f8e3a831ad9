import * as l10n from '@vscode/l10n';
import { looksChosen, looksRandom } from './plausible.ts';
import type { SecretFinding } from './secretFinding.ts';

/** Words in a name whose value is a secret. */
const names =
  '(?:pass(?:word|wd|phrase|code)|pass(?![a-z])|pwd|secret|token|credential|auth(?![a-z])|密码|口令|密钥|令牌|' +
  '(?:api|access|private|account|auth|encryption|signing|master|subscription|client|storage|session|shared|app|consumer|webhook|service)[_-]?key)';
const tail = '(?<tail>[\\w-]{0,32})';

/**
 * What stands between name and value: closing quotes and brackets, a type, then `=`, `:`, `=>`, a comparison, the comma
 * of `getenv('NAME', 'value')` or the parenthesis of a setter; or the next attribute, `key="name" value="…"`.
 */
const between =
  '["\'`\\])]{0,3}(?:[ \\t]{1,4}value)?(?:\\[\\d{0,6}\\])?' +
  "(?:[ \\t]{0,4}:[ \\t]{0,4}[&\\w][\\w.&*<>|?\\[\\] ']{0,40}(?==)|[ \\t]{1,4}[a-z]\\w{0,16}[ \\t]{0,4}(?==))?" +
  '[ \\t]{0,40}(?:[=!]={1,2}|[:?|]?\\|?=|:|=>|\\(|,|\\?{1,2}|\\?:|\\|\\||(?=["\'`]))\\s{0,40}(?:[a-zA-Z]{1,2}(?=["\']))?';

const quoted = new RegExp(
  `${names}${tail}${between}(?<quote>["'\`])(?<secret>(?:(?!\\k<quote>)[^\\s\\\\]|\\\\.){8,4096})\\k<quote>`,
  'dgi',
);

/** A whole line of a settings file: `NAME=value`, `name: value`, `export`, `ENV NAME value`, `- NAME=value`. */
const line = new RegExp(
  `^[ \\t]{0,80}(?:(?:export|env|arg|set|-|//)[ \\t]{1,4}){0,2}["'\\w.-]{0,80}?${names}${tail}["']?` +
    `(?:[ \\t]{0,40}(?::?=|:)|[ \\t]{1,40}(?==?[^\\s=:]))[ \\t]{0,40}(?<secret>[^\\s"'#\`]{8,1024})(?=[ \\t]*(?:[#;].*)?\\r?$)`,
  'dgim',
);
/** Kubernetes and its kin name a variable in one line and give its value in the next. */
const nameAndValue = new RegExp(
  `\\bname:[ \\t]{0,8}["']?[\\w.-]{0,80}?${names}${tail}["']?[ \\t]{0,8}\\r?\\n[ \\t-]{0,80}value:[ \\t]{0,8}["']?(?<secret>[^\\s"']{12,1024})`,
  'dgi',
);
const element = new RegExp(
  `<[\\w:.-]{0,60}?${names}${tail}(?:[ \\t][^<>\\n]{0,100})?>\\s{0,40}(?<secret>[^<>\\s]{12,1024})\\s{0,40}</`,
  'dgi',
);

const settingsFile =
  /(?:^|[/\\])(?:\.env[^/\\]*|[^/\\]*\.(?:env|ini|cfg|conf|cnf|config|properties|toml|ya?ml|tfvars|netrc|npmrc|pypirc|sh|bash|zsh|fish|service|txt|md|rst|bat|cmd|ps1|gradle|sops)|\.?(?:npmrc|pypirc|bashrc|zshrc|profile|bash_profile)|[^/\\]*Dockerfile[^/\\]*|Containerfile|Makefile|Procfile|credentials|config)$/i;
const yaml = /\.ya?ml$/i;
const markup = /\.(?:xml|config|csproj|props|targets|plist|pom|html?|xaml|resx)$/i;

/** Names that say of themselves that their value is about a secret and not the secret. */
const aboutSecrets =
  /(?:names?|types?|paths?|files?|filename|dir|ur[li]s?|endpoint|id|ids|arn|label|title|message|prefix|suffix|pattern|regexp?|class|kind|icon|placeholder|hint|text|description|selector|field|param|parameter|header|version|digest|md5|sha\d*|checksum|integrity|algorithm|provider|store|index|symbol)$/i;
const publicName = /(?:public|publishable|anon|csrf|xsrf|next|page|continuation|syntax|design)[_-]?(?:key)?[_-]?$/i;

/** Names whose values people make up. */
const passwordName = /^[^=:]{0,80}?(?:pass|pwd|secret|密码|口令)/i;

/** Passwords and keys that code or settings give to a name such as `password`, `api_key` or `token`. */
export function assignedSecrets(path: string, text: string): SecretFinding[] {
  const found: SecretFinding[] = [];
  const forms = [quoted];
  if (settingsFile.test(path)) forms.push(line);
  if (yaml.test(path)) forms.push(nameAndValue);
  if (markup.test(path)) forms.push(element);
  for (const form of forms) {
    for (const match of text.matchAll(form)) {
      const span = match.indices?.groups?.secret;
      if (!span) throw new Error('an assignment has no indices');
      if (aboutSecrets.test(match.groups?.tail ?? '')) continue;
      if (publicName.test(text.slice(Math.max(0, match.index - 20), match.index))) continue;
      const value = text.slice(...span);
      if (looksRandom(value) || (passwordName.test(match[0]) && looksChosen(value)))
        found.push({ kind: l10n.t('password or key'), start: span[0], end: span[1] });
    }
  }
  return found;
}
