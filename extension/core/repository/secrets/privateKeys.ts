import * as l10n from '@vscode/l10n';
import type { SecretFinding } from './secretFinding.ts';

const begins =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d:|AGE-SECRET-KEY-1[A-Z0-9]{40,80}/g;
const ends = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|Private-MAC: ?[0-9a-f]+/;

/** Headers inside a block, and base64 in whatever quotes, comment signs and escaped line breaks a language wraps it in. */
const header = /^[\s"'`+#*/>|]*(?:[A-Z][A-Za-z-]{1,30}: .{0,120})?$/;
const base64 = /^[\s"'`#*>|,.(]*(?:(?:\/\/|\+)[\s"'`]+)?[A-Za-z0-9+/=\\]{4,}(?:[\s"'`,;)}\].][\s"'`,;)}\].+]*)?$/;
const body = /[A-Za-z0-9+/]{40}/;

/**
 * Private keys in PEM, PGP, OpenSSH, PuTTY and age form: the whole block, or to the last line of base64 where the end
 * is missing. A header without a body, as parsers and documentation have it, is none.
 */
export function privateKeys(text: string): SecretFinding[] {
  const found: SecretFinding[] = [];
  const heads = [...text.matchAll(begins)];
  for (const [i, match] of heads.entries()) {
    const start = match.index;
    const head = start + match[0].length;
    const whole = match[0].startsWith('AGE');
    const end = whole ? head : blockEnd(text.slice(0, heads[i + 1]?.index), head);
    if (whole || body.test(text.slice(head, end))) found.push({ kind: l10n.t('private key'), start, end });
  }
  return found;
}

/** Offset behind the block whose header ends at `head`: walks line by line while they look like a block's. */
function blockEnd(text: string, head: number): number {
  let reached = head;
  for (let at = head; at < text.length; ) {
    const lineEnd = text.indexOf('\n', at);
    const stop = lineEnd < 0 ? text.length : lineEnd;
    const line = text.slice(at, Math.min(stop, at + longestLine));
    const end = ends.exec(line);
    if (end) return at + end.index + end[0].length;
    if (base64.test(line)) reached = at + line.trimEnd().length;
    else if (at === head) reached = at + (/^(?:[A-Za-z0-9+/=\s]|\\[nr])*/.exec(line)?.[0].length ?? 0);
    else if (!header.test(line)) break;
    if (line.length < stop - at) break;
    at = stop + 1;
  }
  return reached;
}

/** Characters; a key in one escaped line is shorter, and what is longer is data. */
const longestLine = 20_000;
