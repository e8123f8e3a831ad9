import type { TextEdit } from './edit.ts';

/** What a model sees in the place of a secret: stars in what was attached, a notice in the pack; it may miscount the stars. */
const placeholder = /\*{3,}|\[secret removed\]/g;
const notice = '[secret removed]';

/** A file as it is, and as models were shown it: with stars for each character of a secret. */
export interface Blotted {
  readonly text: string;
  readonly shown: string;
}

/** A secret, and the characters on both sides of it. */
interface Secret {
  readonly value: string;
  readonly around: string;
}

const aroundOf = (text: string, at: number, length: number): string =>
  `${text[at - 1] ?? ''}${text[at + length] ?? ''}`.trim();
const hasPlaceholder = (line: string): boolean => line.search(placeholder) >= 0;
const lineKey = (line: string): string => line.trim().replaceAll(placeholder, '\0');

/** The secrets of a text, by where it differs from what was shown. */
function secretRuns({ text, shown }: Blotted): { readonly index: number; readonly value: string }[] {
  return [...shown.matchAll(/\*+/g)].flatMap(({ index, 0: run }) => {
    const value = text.slice(index, index + run.length);
    return value === run ? [] : [{ index, value }];
  });
}

const secretsOf = (file: Blotted): Secret[] =>
  secretRuns(file).map(({ index, value }) => ({ value, around: aroundOf(file.text, index, value.length) }));

/** A line of the file with a secret in it, or several lines that a secret joins. */
interface SecretLine {
  readonly original: string;
  /** What a model was shown of it, line by line: in the pack the line breaks of a secret stay, in an attachment they do not. */
  readonly shown: readonly string[];
}

/** Lines of the file with secrets, by what the first of them looks like. */
function linesByKey({ text, shown }: Blotted): Map<string, SecretLine[]> {
  const lines = new Map<string, SecretLine[]>();
  let at = 0;
  // Stars take the place of line breaks too, so places are the same in both.
  for (const line of shown.split('\n')) {
    const original = text.slice(at, at + line.length).replace(/\r$/, '');
    let reached = 0;
    const packed = secretRuns({ text: original, shown: line }).map(({ index, value }) => {
      const before = line.slice(reached, index);
      reached = index + value.length;
      return before + notice + value.replace(/[^\n]+/g, '');
    });
    at += line.length + 1;
    if (packed.length === 0) continue;
    const asPacked = (packed.join('') + line.slice(reached)).split('\n').map((each) => each.trim());
    const forms = asPacked.length > 1 ? [[line.trim()], asPacked] : [[line.trim()]];
    for (const form of forms) {
      const key = lineKey(form[0] ?? '');
      lines.set(key, [...(lines.get(key) ?? []), { original: original.trim(), shown: form }]);
    }
  }
  return lines;
}

/** Of the lines that a written one may stand for, the one that it does; undefined where there are several. */
function lineMeant(line: string, found: readonly SecretLine[]): SecretLine | undefined {
  const exact = found.filter(({ shown }) => shown[0] === line.trim());
  const meant = exact.length > 0 ? exact : found;
  return meant.every(({ original }) => original === meant[0]?.original) ? meant[0] : undefined;
}

/** Puts the secrets of its file back into a text that a model wrote; undefined where that cannot be done for sure. */
function withSecrets(written: string, file: Blotted): string | undefined {
  if (!hasPlaceholder(written)) return written;
  const known = linesByKey(file);
  const secrets = secretsOf(file);
  const present = new Set(file.text.split('\n').map((line) => line.trim()));
  const lines = written.split('\n');
  const out: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const found = known.get(lineKey(line));
    if (!hasPlaceholder(line) || present.has(line.trim())) {
      out.push(line);
    } else if (found) {
      const meant = lineMeant(line, found);
      const [, ...rest] = meant?.shown ?? [];
      if (!meant || rest.some((each, i) => lines[at + 1 + i]?.trim() !== each)) return undefined;
      out.push(line.slice(0, line.length - line.trimStart().length) + meant.original);
      at += rest.length;
    } else if (couldBeSecret(line, secrets)) {
      return undefined;
    } else {
      out.push(line);
    }
  }
  return out.join('\n');
}

/** Whether a placeholder in a line stands where a secret of the file does. */
function couldBeSecret(line: string, secrets: readonly Secret[]): boolean {
  return [...line.matchAll(placeholder)].some(({ index, 0: found }) => {
    const around = aroundOf(line, index, found.length);
    return found === notice || secrets.some((secret) => secret.around === around);
  });
}

/**
 * An edit with the secrets that a model was not shown put back where it copied their lines; undefined where it would write
 * what stood in their place over them. `others` are the other files that it was shown: a secret does not move from file to file.
 */
export function unblotted<T extends TextEdit>(edit: T, file: Blotted, others: Iterable<Blotted> = []): T | undefined {
  const restored = (text: string): string | undefined => {
    const own = withSecrets(text, file);
    if (own === undefined || !hasPlaceholder(own)) return own;
    const rest = own.split('\n').filter((line) => hasPlaceholder(line) && !file.text.includes(line.trim()));
    const isForeign = [...others].some((other) => {
      const known = linesByKey(other);
      return rest.some((line) => known.has(lineKey(line)));
    });
    return isForeign ? undefined : own;
  };
  if (edit.kind === 'whole') {
    const text = restored(edit.text);
    return text === undefined ? undefined : text === edit.text ? edit : { ...edit, text };
  }
  const search = withSecrets(edit.search, file);
  const replace = restored(edit.replace);
  if (search === undefined || replace === undefined) return undefined;
  return search === edit.search && replace === edit.replace ? edit : { ...edit, search, replace };
}

/** A passage of a file without the file's secrets, so that it can be shown to a model. */
export function hidden(passage: string, file: Blotted): string {
  const parts = secretsOf(file).flatMap(({ value }) => value.split(/\r?\n/).map((line) => line.trim()));
  const longest = [...new Set(parts)].filter(Boolean).sort((a, b) => b.length - a.length);
  return longest.reduce((text, part) => text.replaceAll(part, '*'.repeat(part.length)), passage);
}
