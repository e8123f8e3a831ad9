import { applies, block, type Case } from './case.ts';
import { edited, samples } from './samples.ts';

/** What a file's bytes may be beside its lines. */
const variants: readonly (readonly [name: string, edit: 0 | 1 | 2, of: (text: string) => string])[] = [
  ['CRLF', 1, (text) => text.replaceAll('\n', '\r\n')],
  ['byte order mark', 0, (text) => `\uFEFF${text}`],
  ['byte order mark and CRLF', 2, (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
  ['no last line break', 0, (text) => text.slice(0, -1)],
  ['CRLF, no last line break', 1, (text) => text.replaceAll('\n', '\r\n').slice(0, -2)],
];

const variantCases = variants.flatMap(([name, edit, of]) =>
  samples.map((sample) => {
    const { path, text, edits } = sample;
    const [search, replace] = edits[edit] ?? ['', ''];
    return applies(`${name}: ${path}`, { [path]: of(text) }, block(path, search, replace), {
      [path]: of(edited(sample, edit)),
    });
  }),
);

/** Files of mixed line breaks, and edits at the ends of files. */
const special: readonly Case[] = [
  applies('mixed, one line', { 'a.txt': 'a\r\nb\nc \r\nd' }, block('a.txt', 'b', 'B'), { 'a.txt': 'a\r\nB\nc \r\nd' }),
  applies('mixed, kept lines within the block', { 'a.txt': 'a\r\nb\nc\r\nd\n' }, block('a.txt', 'a\nb\nc', 'a\nB\nc'), {
    'a.txt': 'a\r\nB\r\nc\r\nd\n',
  }),
  applies('mixed, lines added', { 'a.txt': 'a\nb\r\nc\n' }, block('a.txt', 'b', 'b\nb2'), {
    'a.txt': 'a\nb\r\nb2\r\nc\n',
  }),
  applies('mixed, lines taken away', { 'a.txt': 'a\nb\r\nc\n' }, block('a.txt', 'a\nb', 'b'), { 'a.txt': 'b\r\nc\n' }),
  applies('last line without break changed', { 'a.txt': 'a\nb' }, block('a.txt', 'b', 'B'), { 'a.txt': 'a\nB' }),
  applies('lines after the last, no break', { 'a.txt': 'a\r\nb' }, block('a.txt', 'b', 'b\nc'), {
    'a.txt': 'a\r\nb\r\nc',
  }),
  applies('last line without break taken away', { 'a.txt': 'a\nb' }, block('a.txt', 'b', ''), { 'a.txt': 'a' }),
  applies('last line taken away', { 'a.txt': 'a\nb\n' }, block('a.txt', 'b', ''), { 'a.txt': 'a\n' }),
  applies('blank line of the end looked for', { 'a.txt': 'a\nb\n' }, block('a.txt', 'b\n', 'B'), { 'a.txt': 'a\nB\n' }),
  applies('the same with CRLF', { 'a.txt': 'a\r\nb\r\n' }, block('a.txt', 'b\n', 'B\nC'), {
    'a.txt': 'a\r\nB\r\nC\r\n',
  }),
  applies('all lines taken away', { 'a.txt': 'a\nb\n' }, block('a.txt', 'a\nb', ''), { 'a.txt': '' }),
  applies('one line, no break', { VERSION: '1.2' }, block('VERSION', '1.2', '1.3'), { VERSION: '1.3' }),
  applies('CRLF answer, LF file', { 'a.txt': 'a\nb\n' }, block('a.txt', 'a', 'A\nA').replaceAll('\n', '\r\n'), {
    'a.txt': 'A\nA\nb\n',
  }),
  applies('CRLF answer makes an LF file', {}, block('a.txt', '', 'a\nb').replaceAll('\n', '\r\n'), {
    'a.txt': 'a\nb\n',
  }),
  applies('a form feed and other breaks are text', { 'a.txt': 'a\fb\u2028c\nd\n' }, block('a.txt', 'd', 'D'), {
    'a.txt': 'a\fb\u2028c\nD\n',
  }),
];

/** Line breaks, byte order marks and last lines. */
export const lineEnds: readonly Case[] = [...variantCases, ...special];
