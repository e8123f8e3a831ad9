import { endsLikeSource } from './placeNames.ts';

/** What a claim that does not hold is worth: only the first condemns a place, the first two have it looked for elsewhere. */
export type Strength = 'strong' | 'medium' | 'weak';

/** Something that an answer says stands at a place. */
export interface Claim {
  readonly kind: 'name' | 'quote' | 'code';
  /** What to look for: a name without decoration, or the text of a quote or of a block of code. */
  readonly text: string;
  /** As it was written, for the user. */
  readonly shown: string;
  /** Texts that must stand beside a name: the literals among the arguments of a call. */
  readonly literals?: readonly string[];
  readonly strength: Strength;
}

/** Words of languages and literals: too common to be looked for. */
const common = new Set(
  `true false null undefined nil none void string number boolean bool int integer float double char byte str list dict
  map set object array any unknown never self this super const let var function class def fn func return if else for
  while switch case break continue try catch finally throw async await import export from package public private
  protected static final abstract interface type struct enum trait impl new delete in of is as and or not nan ok error
  result option promise optional default`.split(/\s+/),
);

/** Names of products that are written like names in code. */
const brands =
  /^(?:TypeScript|JavaScript|CoffeeScript|GitHub|GitLab|BitBucket|PostgreSQL|MySQL|MongoDB|GraphQL|OpenAI|OpenAPI|WebSockets?|WebAssembly|NumPy|PyTorch|TensorFlow|macOS|iOS|iPhone|iPad|LinkedIn|YouTube|PowerShell|IntelliJ|JetBrains|DevOps|LaTeX|BigModel|DeepSeek|ChatGPT|ChatGLM|VSCode|WebView|npmJS|jQuery|eBay|gRPC|mTLS|OAuth2?|FastAPI|RabbitMQ|DynamoDB|CloudFront|WordPress|CommonMark|MacBook|McDonald|SQLite|RESTful)$/;

const identifier =
  /^[@$#.:*&!-]*([\p{L}_$][\p{L}\p{N}_$-]*(?:(?:\.|::|->|#|\?\.)[\p{L}_$][\p{L}\p{N}_$]*)*)[!?]?(?:\(\))?$/u;
const call =
  /^(?:(?:new|await|return|yield|throw|raise|go|defer)\s+)*([\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|->|\?\.)[\p{L}_$][\p{L}\p{N}_$]*)*)!?\(([\s\S]*)\)[;?]?$/u;
const commandLine =
  /^(?:\$ |(?:npm|npx|yarn|pnpm|bun|git|node|python3?|pip3?|cargo|make|docker|kubectl|curl|wget|bash|sh|cd|mvn|gradle|dotnet|sudo|apt(?:-get)?|brew|pytest|ls|cat|grep|export [A-Z])\b[ ]|go (?:run|build|test|mod|get|vet|generate)\b)/;
const keywordFirst =
  /^(?:class|def|fn|func|function|interface|type|struct|enum|trait|impl|const|let|var|val|import|from|export|return|async|public|private|protected|static|package|use|mod|module|namespace|throw|throws|raise|if|for|while|switch|case|yield|await|new|extends|implements|pub|final|abstract|override|select|insert|update|create|delete)\s/i;

/** The last part of a dotted name: `Stock.add` is declared as `add`. */
export const lastPart = (name: string): string => name.split(/\.|::|->|#|\?\./).at(-1) ?? name;

const name = (text: string, shown: string, strength: Strength, literals: readonly string[] = []): Claim => ({
  kind: 'name',
  text,
  shown,
  strength,
  ...(literals.length > 0 ? { literals } : {}),
});
const quote = (text: string, strength: Strength, shown = text): Claim => ({ kind: 'quote', text, shown, strength });

/** Texts between quotation marks, and numbers. */
const literalsIn = (code: string): string[] =>
  [...code.matchAll(/"([^"]+)"|'([^']+)'|(?<![\w.])(\d[\d_.]*)(?!\w)/g)]
    .map(([, double, single, number]) => double ?? single ?? number ?? '')
    .filter((text) => !/^(?:\.\.\.|…)$/.test(text));

/** Characters of a span of code that is still taken for a quote. */
const longestSpan = 2_000;

/** What a span of code claims; undefined for what is no claim: paths, commands, keys, literals. */
export function claimOfCode(span: string): Claim | undefined {
  const text = span.length > longestSpan ? '' : span.trim();
  if (text === '' || /^[\d\s.,%_-]+\w{0,2}$/.test(text) || commandLine.test(text)) return undefined;
  if (/^(?:Ctrl|Cmd|Alt|Shift|Meta)\s?[+-]/i.test(text)) return undefined;
  if (/^\S+$/.test(text) && !/[("'=;{]/.test(text) && (endsLikeSource(text) || /[\\/]$/.test(text))) return undefined;
  const own = identifier.exec(text)?.[1];
  if (own !== undefined)
    return common.has(own.toLowerCase()) || /^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/.test(own) || own.length < 2
      ? undefined
      : name(own, text, 'strong');
  const route = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD)\s+(\/\S*)$/.exec(text)?.[1];
  if (route !== undefined) return quote(route, 'medium', text);
  if (/^https?:\/\//.test(text) || (/^[^\s("'=]*[\\/][^\s("'=]*$/.test(text) && !/[=<>*+]/.test(text)))
    return text.startsWith('/') || text.startsWith('http') ? quote(text, 'medium') : undefined;
  const [, callee, args = ''] = call.exec(text) ?? [];
  if (callee !== undefined && !common.has(callee) && isBalanced(args))
    return name(callee, text, 'strong', literalsIn(args));
  if (text.replace(/\W/g, '').length < 3 && !/[^\x00-\x7f]{2}/.test(text)) return undefined;
  if (/^[\p{L}\p{N}\s'’-]+$/u.test(text)) return quote(text, keywordFirst.test(text) ? 'strong' : 'weak');
  // A title of a command, a menu or a setting.
  if (/^[\p{L}\p{N}\s'’:,.&…-]+$/u.test(text) && text.split(/\s+/).length >= 3 && !keywordFirst.test(text))
    return quote(text, 'weak');
  // A type is often told without being written.
  if (/^[\w.$<>[\],|&?\s]+$/.test(text) && !/\s[<>]\s/.test(text)) return quote(text, 'medium');
  return quote(text, 'strong');
}

function isBalanced(code: string): boolean {
  let depth = 0;
  for (const char of code) {
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char) && --depth < 0) return false;
  }
  return depth === 0;
}

/** Of names in prose: calls, snake_case and camelCase are meant as code; PascalCase often is. */
const proseNames =
  /(?<![\w./@$-])(?:([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)\(\)|([a-z][a-z0-9]*(?:_[a-z0-9]+)+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|__[a-z]+(?:_[a-z]+)*__|[a-z][a-z0-9]*[A-Z][A-Za-z0-9]*)|([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+))(?![\w/]|\.\w|-\w)/g;
/** Texts in quotation marks of several scripts. */
const quoted =
  /"([^"\n]{2,200})"|“([^”\n]{2,200})”|「([^」\n]{2,200})」|『([^』\n]{2,200})』|(?<![\w'])'([^'\n]{2,200})'(?![\w'])/g;

/** Prose without what stands in quotation marks. */
export const unquoted = (text: string): string => text.replace(quoted, ' ');

/** What prose claims: names that are written like names, and what stands in quotation marks. */
export function claimsOfProse(text: string): Claim[] {
  const claims: Claim[] = [];
  for (const [, ...forms] of text.matchAll(quoted)) {
    const words = forms.find((form) => form !== undefined)?.trim() ?? '';
    if (words !== '') claims.push(quote(words, isTelling(words) ? 'strong' : 'weak'));
  }
  for (const [all, called, plain, pascal] of unquoted(text).matchAll(proseNames)) {
    const own = called ?? plain ?? pascal ?? '';
    if (brands.test(own) || common.has(own.toLowerCase())) continue;
    claims.push(name(own, all, pascal === undefined ? 'strong' : 'medium'));
  }
  return claims;
}

/** Whether words in quotation marks are a message or code rather than a word that is set apart. */
function isTelling(words: string): boolean {
  const han = words.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han > 0) return han >= 8;
  return words.split(/\s+/).length >= 4 || /[_={}()%$<>\\]|\w\/\w|\w\.\w/.test(words);
}

/** Languages of blocks that show no source: what a shell prints, pictures, changes. */
const noSource = /^(?:diff|patch|console|shell-session|output|text|txt|plaintext|mermaid|log|http)\b/i;

/** What a block of code beside a place claims. */
export function claimOfFence(info: string, text: string, strength: Strength): Claim | undefined {
  if (noSource.test(info) || text.trim().replace(/\W/g, '').length < 4) return undefined;
  const first = text.trim().split('\n', 1)[0] ?? '';
  return { kind: 'code', text, shown: first.length > 60 ? `${first.slice(0, 59)}…` : first, strength };
}
