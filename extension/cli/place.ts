import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Cursor } from '../core/pack.ts';
import { UsageFailure } from './failureText.ts';

/** Reads `FILE:LINE:COLUMN`; the file is relative to the root, or absolute inside it. */
export function parsePlace(root: string, text: string): Cursor {
  const [, file = '', line, column] = /^(.+):(\d+):(\d+)$/.exec(text) ?? [];
  if (!file) throw new UsageFailure(l10n.t('{0} is not of the form FILE:LINE:COLUMN.', text));
  const path = (isAbsolute(file) ? relative(root, file) : file).split(sep).join('/');
  if (path.startsWith('../')) throw new UsageFailure(l10n.t('{0} is not inside {1}.', file, root));
  return { path, line: Number(line), column: Number(column) };
}

/** The text of a cursor's file, before and after the cursor. @throws UsageFailure where there is no such place. */
export async function textAround(
  root: string,
  { path, line, column }: Cursor,
): Promise<{ prefix: string; suffix: string }> {
  let text: string;
  try {
    text = await readFile(join(root, path), 'utf8');
  } catch {
    throw new UsageFailure(l10n.t('{0} cannot be read.', path));
  }
  const lines = text.split('\n');
  const own = lines[line - 1];
  if (own === undefined || column < 1 || column > own.length + 1) {
    throw new UsageFailure(l10n.t('{0} has no line {1}, column {2}.', path, line, column));
  }
  const at = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return { prefix: text.slice(0, at), suffix: text.slice(at) };
}
