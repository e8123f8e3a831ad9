import { applies, block, type Case } from './case.ts';
import type { Sample } from './sample.ts';
import { edited, samples } from './samples.ts';

/** A way of writing one edit that models have, and which of a sample's edits it is tried with. */
interface Writing {
  readonly name: string;
  readonly edit: 0 | 1 | 2;
  write(sample: Sample, search: string, replace: string): string;
}

const marks = (search: string, replace: string, signs = 7, suffix = ''): string =>
  [
    `${'<'.repeat(signs)} SEARCH${suffix}`,
    search,
    `${'='.repeat(signs)}${suffix}`,
    ...(replace ? [replace] : []),
    `${'>'.repeat(signs)} REPLACE${suffix}`,
    '',
  ].join('\n');
const indented = (text: string, by: string): string =>
  text
    .split('\n')
    .map((line) => line && by + line)
    .join('\n');

const writings: readonly Writing[] = [
  { name: 'as asked for', edit: 0, write: ({ path }, s, r) => `I change one line.\n\n${block(path, s, r)}` },
  {
    name: 'path above a fence',
    edit: 1,
    write: ({ path, language }, s, r) => `${path}\n\n\`\`\`${language}\n${marks(s, r)}\`\`\`\n\nThat is all.\n`,
  },
  {
    name: 'path inside of the fence',
    edit: 2,
    write: ({ path, language }, s, r) => `Gone it is:\n\n\`\`\`\`${language}\n${path}\n${marks(s, r)}\`\`\`\`\n`,
  },
  {
    name: 'path on the fence',
    edit: 0,
    write: ({ path, language }, s, r) => `~~~${language}:${path}\n${marks(s, r)}~~~\n`,
  },
  {
    name: 'path as title of the fence',
    edit: 1,
    write: ({ path, language }, s, r) => `\`\`\`${language} title="${path}"\n${marks(s, r)}\`\`\`\n`,
  },
  {
    name: 'path in a comment',
    edit: 1,
    write: ({ path, language }, s, r) => `\`\`\`${language}\n// ${path}\n${marks(s, r)}\`\`\`\n`,
  },
  { name: 'path in backticks', edit: 2, write: ({ path }, s, r) => `\`${path}\`\n${marks(s, r)}` },
  { name: 'path in bold, with a colon', edit: 0, write: ({ path }, s, r) => `**${path}**:\n${marks(s, r)}` },
  { name: 'path in bold backticks', edit: 1, write: ({ path }, s, r) => `1. **\`${path}\`**\n\n${marks(s, r)}` },
  { name: 'path in a heading', edit: 2, write: ({ path }, s, r) => `### ${path}\n\nAs said:\n\n${marks(s, r)}` },
  { name: 'path as the pack has it', edit: 0, write: ({ path }, s, r) => `###PATH: ${path}\n${marks(s, r)}` },
  { name: 'path with lines', edit: 1, write: ({ path }, s, r) => `###PATH: ${path}:3-17\n${marks(s, r)}` },
  { name: 'path with a label', edit: 2, write: ({ path }, s, r) => `**File:** \`${path}\`\n${marks(s, r)}` },
  {
    name: 'path on the mark',
    edit: 0,
    write: ({ path }, s, r) => marks(s, r).replace('SEARCH', () => `SEARCH ${path}`),
  },
  { name: 'path in a sentence', edit: 1, write: ({ path }, s, r) => `In \`${path}\` I add:\n\n${marks(s, r)}` },
  { name: 'path with a dot before it', edit: 2, write: ({ path }, s, r) => block(`./${path}`, s, r) },
  { name: 'five signs', edit: 0, write: ({ path }, s, r) => `${path}\n${marks(s, r, 5)}` },
  { name: 'nine signs', edit: 1, write: ({ path }, s, r) => `${path}\n${marks(s, r, 9)}` },
  {
    name: 'signs miscounted',
    edit: 2,
    write: ({ path }, s, r) =>
      `${path}\n${marks(s, r).replace('<<<<<<<', '<<<<<<').replace('\n=======', '\n========').replace('>>>>>>>', '>>>>>')}`,
  },
  { name: 'spaces after the marks', edit: 0, write: ({ path }, s, r) => `${path}  \n${marks(s, r, 7, ' \t ')}` },
  {
    name: 'no space in the marks',
    edit: 1,
    write: ({ path }, s, r) => `${path}\n${marks(s, r).replace('< S', '<S').replace('> R', '>R')}`,
  },
  {
    name: 'marks indented',
    edit: 2,
    write: ({ path }, s, r) => `${path}\n${marks(s, r).replace(/^(?=<<<<<<<|=======$|>>>>>>>)/gm, '  ')}`,
  },
  {
    name: 'in a list, all indented',
    edit: 0,
    write: ({ path }, s, r) => `1. \`${path}\`\n\n${indented(marks(s, r), '   ')}`,
  },
  { name: 'CRLF', edit: 1, write: ({ path }, s, r) => block(path, s, r).replaceAll('\n', '\r\n') },
  { name: 'no line break at the end', edit: 2, write: ({ path }, s, r) => block(path, s, r).trimEnd() },
  {
    name: 'spaces after the lines',
    edit: 0,
    write: ({ path }, s, r) => block(path, s.replace(/$/gm, ' '), r),
  },
];

/** Every way of writing in every language. */
export const wellFormed: readonly Case[] = writings.flatMap(({ name, edit, write }) =>
  samples.map((sample) => {
    const [search, replace] = sample.edits[edit] ?? ['', ''];
    const { path, text } = sample;
    return applies(`${name}: ${path}`, { [path]: text }, write(sample, search, replace), {
      [path]: edited(sample, edit),
    });
  }),
);
