import { readFile, writeFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { levels, type Pack, type PackRequest, type Pin, type Steering } from '../core/pack.ts';
import { defaultSettings } from '../core/settings.ts';
import { UsageFailure } from './failureText.ts';
import { type Context, createPorts, folder } from './host.ts';
import { parsePlace } from './place.ts';

/** Options of `pack`. */
export interface PackOptions {
  readonly budget: number;
  readonly question?: string;
  readonly cursor?: string;
  /** Each `PATH` or `PATH:level`. */
  readonly pin?: readonly string[];
  readonly exclude?: readonly string[];
  readonly batch?: string;
  readonly json?: boolean;
  readonly out?: string;
}

/** One line of a batch file (DESIGN.md section 6). */
interface BatchLine {
  readonly budget?: number;
  readonly cursor?: string;
  readonly question?: string;
  readonly overlay?: Readonly<Record<string, string>>;
  readonly steering?: Steering;
}

/** `pack`: prints a pack, or one for each line of a batch file on one warm index. */
export async function pack(dir: string, options: PackOptions, context: Context): Promise<void> {
  const root = folder(dir);
  const ports = await createPorts(context, defaultSettings);
  const print = ({ repository, ...made }: Pack): string =>
    options.json || options.batch ? `${JSON.stringify(made)}\n` : humanText(made);
  const lines: readonly BatchLine[] = options.batch ? await readBatch(options.batch) : [options];
  let written = '';
  const steering = steeringOf(options);
  for (const [at, line] of lines.entries()) {
    const request = { ...(steering ? { steering } : {}), ...requestOf(root, line, options.budget), unchanged: at > 0 };
    const text = print(await ports.packer.pack(request, context.signal));
    if (options.out) written += text;
    else process.stdout.write(text);
  }
  if (options.out) await writeFile(options.out, written);
  await ports.packer.keep();
}

function requestOf(root: string, line: BatchLine, budget: number): PackRequest {
  return {
    root,
    budget: line.budget ?? budget,
    ...(line.question ? { question: line.question } : {}),
    ...(line.cursor ? { cursor: parsePlace(root, line.cursor) } : {}),
    ...(line.overlay ? { overlay: line.overlay } : {}),
    ...(line.steering ? { steering: line.steering } : {}),
  };
}

/** What `--pin` and `--exclude` decide; undefined where neither is given. */
function steeringOf({ pin = [], exclude = [] }: PackOptions): Steering | undefined {
  if (pin.length === 0 && exclude.length === 0) return undefined;
  return { pinned: pin.map(pinOf), excluded: exclude };
}

function pinOf(text: string): Pin {
  const level = levels.find((each) => text.endsWith(`:${each}`));
  return level ? { path: text.slice(0, -level.length - 1), level } : { path: text };
}

async function readBatch(file: string): Promise<BatchLine[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as BatchLine];
    } catch {
      throw new UsageFailure(l10n.t('{0}, line {1}: not JSON.', file, i + 1));
    }
  });
}

function humanText({ text, tokens, budget, files, omitted }: Pack): string {
  const summary = l10n.t(
    '{0} of {1} tokens: {2} files packed, {3} left out.',
    tokens,
    budget,
    files.length,
    omitted.length,
  );
  return `${text}\n${summary}\n`;
}
