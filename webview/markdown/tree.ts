import type { Token } from 'markdown-it';

/** Elements that an answer may consist of. Anything else cannot be expressed, so it cannot be shown. */
export type SafeTag =
  | `h${1 | 2 | 3 | 4 | 5 | 6}`
  | 'p'
  | 'ul'
  | 'ol'
  | 'li'
  | 'blockquote'
  | 'hr'
  | 'br'
  | 'strong'
  | 'em'
  | 's'
  | 'table'
  | 'thead'
  | 'tbody'
  | 'tr'
  | 'th'
  | 'td';

/** A piece of an answer, ready to be drawn. A bare string is text. */
export type Node =
  | string
  | { readonly kind: 'element'; readonly tag: SafeTag; readonly children: readonly Node[]; readonly start?: number }
  | { readonly kind: 'link'; readonly address: string; readonly children: readonly Node[] }
  | { readonly kind: 'inlineCode'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'edit'; readonly path: string; readonly text: string };

const safeTag = /^(?:h[1-6]|p|ul|ol|li|blockquote|hr|br|strong|em|s|table|thead|tbody|tr|th|td)$/;
const isSafeTag = (tag: string): tag is SafeTag => safeTag.test(tag);

/** Whether an address may be opened with a click: nothing that runs, reads a file or calls a command. */
const opensSafely = (address: string): boolean => /^(?:https?:\/\/|mailto:)/i.test(address);

/** The text of nodes, without what only structures it. */
export const textOf = (nodes: readonly Node[]): string =>
  nodes
    .map((node) => (typeof node === 'string' ? node : 'children' in node ? textOf(node.children) : node.text))
    .join('');

/** An address that does not open, after the words that were to lead to it. */
function inert(children: readonly Node[], address: string): Node[] {
  const words = textOf(children);
  return address === '' || words === address ? [...children] : [...children, ` (${address})`];
}

/** How many elements stand within each other at most; what is nested deeper is drawn without its structure. */
const deepest = 100;

// Not by spreading, which passes each node as an argument: there may be more than the stack holds.
function add(nodes: readonly Node[], to: Node[]): void {
  for (const node of nodes) to.push(node);
}

/** Turns tokens of one or more blocks into what is drawn. */
export function toTree(tokens: readonly Token[]): Node[] {
  const root: Node[] = [];
  const open: { readonly token: Token; readonly children: Node[] }[] = [];
  for (const token of tokens) {
    const siblings = open.at(-1)?.children ?? root;
    if (token.nesting > 0) {
      open.push({ token, children: open.length < deepest ? [] : siblings });
    } else if (token.nesting < 0) {
      const closed = open.pop();
      const parent = open.at(-1)?.children ?? root;
      if (closed && closed.children !== parent) add(container(closed.token, closed.children), parent);
    } else {
      add(leaf(token), siblings);
    }
  }
  return root;
}

function container(token: Token, children: readonly Node[]): Node[] {
  if (token.type === 'link_open') {
    const address = String(token.attrGet('href') ?? '');
    return opensSafely(address) ? [{ kind: 'link', address, children }] : inert(children, address);
  }
  // The paragraph of an item in a tight list.
  if (token.hidden || !isSafeTag(token.tag)) return [...children];
  const start = token.tag === 'ol' ? token.attrGet('start') : null;
  return [{ kind: 'element', tag: token.tag, children, ...(start === null ? {} : { start: Number(start) }) }];
}

function leaf(token: Token): Node[] {
  switch (token.type) {
    case 'inline':
      return toTree(token.children ?? []);
    case 'code_inline':
      return [{ kind: 'inlineCode', text: token.content }];
    case 'fence':
    case 'code_block': {
      const language = /^[^\s:{]*/.exec(token.info.trim())?.[0] ?? '';
      return [{ kind: 'code', language, text: token.content.replace(/\n$/, '') }];
    }
    case 'edit_block':
      return [{ kind: 'edit', path: token.info, text: token.content }];
    // The page fetches nothing: a picture is its description and its address.
    case 'image':
      return inert([token.content], String(token.attrGet('src') ?? ''));
    case 'softbreak':
    case 'hardbreak':
      return [{ kind: 'element', tag: 'br', children: [] }];
    case 'hr':
      return [{ kind: 'element', tag: 'hr', children: [] }];
    default:
      return [token.content];
  }
}
