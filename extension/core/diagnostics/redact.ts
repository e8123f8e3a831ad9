/** What of this machine must not stand in a report, besides what can be told by its looks. */
export interface Private {
  /** Keys, to the letter. */
  readonly secrets: readonly string[];
  /** Folders by their absolute path, with what stands for each: the home folder, the workspace. */
  readonly folders: readonly { readonly path: string; readonly name: string }[];
  readonly users: readonly string[];
  /** Hosts that are known from settings, with their ports or without. */
  readonly hosts: readonly string[];
}

/** Hosts that say nothing about anybody: this machine, and the vendors. */
const isPublic = (host: string): boolean =>
  /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?)(?::\d+)?$/i.test(host) ||
  /^(?:[\w-]+\.)*(?:bigmodel\.cn|z\.ai|zhipuai\.cn|github\.com|huggingface\.co)(?::\d+)?$/i.test(host);

/** Texts with the looks of a key: named ones, Zhipu's own form, tokens of three parts, long runs without a meaning. */
const keyLike = [
  /\bBearer\s+\S+/gi,
  /\b(?:sk|pk|hf|ghp|gho|glpat|xox[abp])[-_][\w-]{8,}/g,
  /\b[0-9a-f]{32}\.[A-Za-z0-9]{8,}\b/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /\b(?=[\w+/-]*\d)(?=[\w+/-]*[A-Za-z])[A-Za-z0-9+/_]{32,}={0,2}(?![\w/])/g,
];

/** Ends of host names, so that file names and versions are none. */
const hostLike =
  /(?<![\w./@-])(?:[a-z0-9-]+\.)+(?:ai|app|cn|cloud|co|com|corp|de|dev|edu|eu|home|internal|intra|intranet|io|jp|kr|lan|local|net|org|ru|tech|tw|uk|us|xyz)(?::\d+)?(?![\w-]|\.\w)/gi;

const address = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?![\w.])/g;

/** An absolute path, on any system; what it begins with is where it is cut. */
const absolutePath =
  /(?<![\w:/\\~.\]])(?:\/(?!\/)(?:[^\s/:"'`<>|()]+\/)+[^\s:"'`<>|()]*|[A-Za-z]:\\[^\s:"'`<>|()]+|\\\\[^\s:"'`<>|()]+)/g;

const lastPart = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? '';

/** The longest first, so that no part of one is taken for another; what is too short would take away half the report. */
const longestFirst = (texts: readonly string[], least: number): string[] =>
  [...new Set(texts)].filter(({ length }) => length >= least).sort((a, b) => b.length - a.length);

/** A URL without user and query; its host stays where it says nothing about anybody. */
function plainUrl(url: string): string {
  if (!URL.canParse(url)) return '[address]';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${isPublic(host) ? host : '[host]'}${pathname === '/' ? '' : pathname}`;
}

/**
 * Takes out of a text what would tell who and where its user is, and all that could be a key. It would rather take too
 * much: a model's file name stays, the folder that it is in does not.
 */
export function redact(text: string, { secrets, folders, users, hosts }: Private): string {
  let safe = text;
  for (const secret of longestFirst(secrets, 4)) safe = safe.replaceAll(secret, '[key]');
  safe = safe.replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'`<>()[\]]+/gi, plainUrl);
  for (const host of longestFirst(hosts, 1)) if (!isPublic(host)) safe = safe.replaceAll(host, '[host]');
  for (const { path, name } of folders.toSorted((a, b) => b.path.length - a.path.length)) {
    if (path.length > 1) safe = safe.replaceAll(path, name).replaceAll(path.replaceAll('\\', '/'), name);
  }
  for (const pattern of keyLike) safe = safe.replace(pattern, '[key]');
  safe = safe.replace(absolutePath, (path) => `[folder]/${lastPart(path)}`);
  // Behind a folder of ours the rest of the path may still tell.
  safe = safe.replace(
    /(~|\[workspace\])((?:[\\/][^\s:"'`<>|()]+)+)/g,
    (_, folder: string, rest: string) => `${folder}/…/${lastPart(rest)}`,
  );
  for (const pattern of [hostLike, address]) safe = safe.replace(pattern, (host) => (isPublic(host) ? host : '[host]'));
  for (const user of longestFirst(users, 3)) {
    safe = safe.replace(new RegExp(`(?<![\\w])${user.replace(/[^\w]/g, '\\$&')}(?![\\w])`, 'gi'), '[user]');
  }
  return safe;
}
