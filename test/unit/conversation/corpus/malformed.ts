import type { MalformedReason } from '../../../../extension/core/conversation/edits/edit.ts';
import { block, type Case, refuses } from './case.ts';
import type { Sample } from './sample.ts';
import { samples } from './samples.ts';

/** A way of spoiling a block. */
interface Fault {
  readonly name: string;
  readonly edit: 0 | 1 | 2;
  readonly reason: MalformedReason;
  write(sample: Sample, search: string, replace: string): string;
}

const half = (text: string): string => text.slice(0, Math.ceil(text.length / 2));

const faults: readonly Fault[] = [
  {
    name: 'no divider',
    edit: 0,
    reason: 'no divider',
    write: ({ path }, s, r) => block(path, s, r).replace('\n=======\n', '\n'),
  },
  {
    name: 'divider too short',
    edit: 1,
    reason: 'no divider',
    write: ({ path }, s, r) => block(path, s, r).replace('\n=======\n', '\n====\n'),
  },
  {
    name: 'divider of dashes',
    edit: 2,
    reason: 'no divider',
    write: ({ path }, s, r) => block(path, s, r).replace('\n=======\n', '\n-----\n'),
  },
  {
    name: 'two dividers',
    edit: 0,
    reason: 'more than one divider',
    write: ({ path }, s, r) => block(path, s, r).replace('\n=======\n', '\n=======\n=======\n'),
  },
  {
    name: 'divider also instead of the end',
    edit: 1,
    reason: 'cut off',
    write: ({ path }, s, r) => block(path, s, r).replace('>>>>>>> REPLACE', '======='),
  },
  {
    name: 'no mark at the beginning',
    edit: 2,
    reason: 'no opening mark',
    write: ({ path }, s, r) => block(path, s, r).replace('<<<<<<< SEARCH\n', ''),
  },
  {
    name: 'beginning of four signs',
    edit: 0,
    reason: 'wrong mark',
    write: ({ path }, s, r) => block(path, s, r).replace('<<<<<<<', '<<<<'),
  },
  {
    name: 'beginning of another tool',
    edit: 1,
    reason: 'wrong mark',
    write: ({ path }, s, r) => block(path, s, r).replace('SEARCH', 'ORIGINAL').replace('REPLACE', 'UPDATED'),
  },
  {
    name: 'end of four signs',
    edit: 2,
    reason: 'wrong mark',
    write: ({ path }, s, r) => block(path, s, r).replace('>>>>>>>', '>>>>'),
  },
  {
    name: 'end without its word',
    edit: 0,
    reason: 'wrong mark',
    write: ({ path }, s, r) => `${block(path, s, r).replace(' REPLACE', '')}Done.\n`,
  },
  {
    name: 'end with the word of the beginning',
    edit: 1,
    reason: 'wrong mark',
    write: ({ path }, s, r) => block(path, s, r).replace('REPLACE', 'SEARCH'),
  },
  { name: 'no path', edit: 2, reason: 'no path', write: (_, s, r) => `Here it is:\n${block('', s, r).trimStart()}` },
  { name: 'empty path', edit: 0, reason: 'empty path', write: (_, s, r) => block('###PATH:', s, r) },
  {
    name: 'cut off in the search',
    edit: 1,
    reason: 'cut off',
    write: ({ path }, s) => `Two changes.\n\n${path}\n<<<<<<< SEARCH\n${half(s)}`,
  },
  {
    name: 'cut off in the replacement',
    edit: 1,
    reason: 'cut off',
    write: ({ path }, s, r) => `${path}\n<<<<<<< SEARCH\n${s}\n=======\n${half(r)}`,
  },
  {
    name: 'cut off in the last mark',
    edit: 0,
    reason: 'cut off',
    write: ({ path }, s, r) => block(path, s, r).slice(0, -6),
  },
  {
    name: 'cut off in a fence',
    edit: 2,
    reason: 'cut off',
    write: ({ path, language }, s) => `${path}\n\`\`\`${language}\n<<<<<<< SEARCH\n${s}\n=======\n\`\`\`\n`,
  },
];

/** Paths that may not be used, whatever the edit. */
const badPaths: readonly (readonly [name: string, of: (path: string) => string, MalformedReason])[] = [
  ['absolute', (path) => `/home/me/${path}`, 'absolute path'],
  ['with a drive letter', (path) => `C:/work/${path}`, 'path with a drive letter'],
  ['with backslashes', (path) => path.replaceAll('/', '\\'), 'path with a backslash'],
  ['out of the folder', (path) => `../other/${path}`, 'path outside of the folder'],
  ['in version control', () => '.git/hooks/pre-commit', 'path of version control'],
  ['in version control of a module', () => 'modules/a/.GIT/config', 'path of version control'],
  ['in version control as Windows reads it', () => '.git./config', 'path of version control'],
];

const one = ({ name, edit, reason, write }: Fault, sample: Sample, path = sample.path): Case => {
  const [search, replace] = sample.edits[edit] ?? ['', ''];
  const shown = reason === 'no path' || reason === 'empty path' ? '' : path;
  return refuses(
    `${name}: ${sample.path}`,
    { [sample.path]: sample.text },
    write(sample, search, replace),
    shown,
    reason,
  );
};

/** Every fault in every other language, each language with half of the faults; every bad path in four of them. */
export const malformed: readonly Case[] = [
  ...faults.flatMap((fault, at) =>
    samples.filter((_, index) => (at + index) % 2 === 0).map((sample) => one(fault, sample)),
  ),
  ...badPaths.flatMap(([name, of, reason], at) =>
    samples
      .filter((_, index) => index % 3 === at % 3)
      .map((sample) => {
        const path = of(sample.path);
        return one({ name: `path ${name}`, edit: 0, reason, write: (_, s, r) => block(path, s, r) }, sample, path);
      }),
  ),
];
