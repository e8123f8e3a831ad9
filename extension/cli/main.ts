import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { failureText } from './failureText.ts';
import { useLanguage } from './language.ts';

/** Folder of the bundles and their data: where this file stands once built. */
const distribution = import.meta.dirname;

/** A whole number of tokens, zero or more. */
function tokens(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('a whole number is needed');
  return value;
}

/** Whole numbers, separated by commas, each within limits. */
const numbers =
  (least: number, most: number) =>
  (text: string): number[] =>
    text.split(',').map((part) => {
      const value = Number(part);
      if (part.trim() !== '' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
      throw new InvalidArgumentError(`whole numbers from ${least} to ${most} are needed, separated by commas`);
    });

/** Gathers the values of an option that may be given several times. */
const more = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** Adds the options of the commands that talk to a backend. */
function talking(command: Command): Command {
  return command
    .option('--backend <backend>', 'auto, hosted, local or embedded', 'auto')
    .option('--url <url>', "the server's base URL")
    .option('--model <model>', 'the model')
    .option('--json', 'print JSON');
}

function program(signal: AbortSignal): Command {
  const root = new Command('glm-coder').description('GLM Coder without an editor').exitOverride();
  const context = { distribution, signal };
  root
    .command('pack <dir>')
    .description('pack a repository into a token budget')
    .option('--budget <tokens>', 'tokens, at the most', tokens, 128_000)
    .option('--question <text>', 'what the pack should help to answer')
    .option('--cursor <file:line:column>', 'where the next lines will be written; 1-based')
    .option('--pin <path[:level]>', 'a file or folder to pack first: full, excerpt, skeleton or name; repeatable', more)
    .option('--exclude <path>', 'a file or folder to leave out; repeatable', more)
    .option('--batch <file>', 'read requests as JSON lines, print one pack a line')
    .option('--json', 'print JSON')
    .option('--out <file>', 'write to a file')
    .action(async (dir, options) => (await import('./pack.ts')).pack(dir, options, context));
  talking(root.command('complete <dir> <place>'))
    .description('complete the code at FILE:LINE:COLUMN')
    .action(async (dir, place, options) => (await import('./complete.ts')).complete(dir, place, options, context));
  talking(root.command('ask <dir> <question>'))
    .description('answer a question about a repository, with citations')
    .option('--tools', 'let the model read files, search and list symbols; its calls are told on stderr')
    .option('--everything', 'read every file, in as many requests as that takes; the cost is printed first')
    .action(async (dir, question, options) => (await import('./ask.ts')).ask(dir, question, options, context));
  talking(root.command('probe [dir]'))
    .description("measure how much of its window a model really reads, and how fast, on a repository's own text")
    .option(
      '--fill <tokens,…>',
      'sizes of the prompts; from 8,000 up to the window unless given',
      numbers(1_000, 10_000_000),
    )
    .option('--depths <percent,…>', 'where in a prompt things are asked for', numbers(0, 100))
    .option('--seed <number>', 'plants the same facts again', tokens)
    .action(async (dir = '.', options) => (await import('./probe.ts')).probe(dir, options, context));
  talking(root.command('doctor'))
    .description('tell what answers, what it can do, and what to do where nothing does')
    .action(async (options) => (await import('./doctor.ts')).doctor(options, context));
  return root;
}

/** The exit code of what an interrupt has ended, as shells have it. */
const afterSigint = 130;

async function main(): Promise<void> {
  const interrupted = new AbortController();
  // A reader such as `head` may have seen enough.
  process.stdout.once('error', () => process.exit());
  process.once('SIGINT', () => interrupted.abort(new Error('interrupted')));
  try {
    await useLanguage(distribution);
    await program(interrupted.signal).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its own message already.
      process.exitCode = error.exitCode;
    } else {
      process.stderr.write(`${failureText(error, interrupted.signal)}\n`);
      process.exitCode = interrupted.signal.aborted ? afterSigint : 1;
    }
  }
}

void main();
