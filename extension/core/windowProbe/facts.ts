import { type Language, languageOf } from '../repository/languages.ts';
import type { Question } from './question.ts';
import type { SeededRandom } from './seededRandom.ts';

/** A constant that no repository has, and its value, which nobody can know. */
export interface Fact {
  readonly name: string;
  readonly value: number;
  /** The depth at which it is to stand, in per cent. */
  readonly depth: number;
}

const first =
  'AMBER COBALT CRIMSON DAPPLED FROSTED GILDED HOLLOW INDIGO IVORY MARBLE OCHRE SCARLET SILENT VELVET'.split(' ');
const second =
  'ANVIL BADGER BEACON CANYON FALCON HARBOR LANTERN MEADOW ORCHARD PELICAN QUARRY THICKET TURBINE WALNUT'.split(' ');
const third = 'BUDGET CEILING DEADLINE INTERVAL LIMIT OFFSET QUOTA RESERVE THRESHOLD TIMEOUT'.split(' ');

/** Makes a fact for each depth, none of which stands in the text yet, be it by name or by value. */
export function makeFacts(depths: readonly number[], text: string, random: SeededRandom): Fact[] {
  const facts: Fact[] = [];
  const pick = (list: readonly string[]): string => list[random.between(0, list.length)] ?? '';
  while (facts.length < depths.length) {
    const name = `${pick(first)}_${pick(second)}_${pick(third)}`;
    const value = random.between(100_000, 1_000_000);
    const isTaken = facts.some((fact) => fact.name === name || fact.value === value);
    if (isTaken || text.includes(name) || text.includes(String(value))) continue;
    facts.push({ name, value, depth: depths[facts.length] ?? 0 });
  }
  return facts;
}

const inCamel = (name: string): string =>
  name
    .split('_')
    .map((word) => `${word[0]}${word.slice(1).toLowerCase()}`)
    .join('');

const declarations: Readonly<Record<Language, (name: string, value: number) => string>> = {
  bash: (name, value) => `${name}=${value}`,
  cpp: (name, value) => `static const int ${name} = ${value};`,
  csharp: (name, value) => `static class ${inCamel(name)} { public const int ${name} = ${value}; }`,
  go: (name, value) => `const ${name} = ${value}`,
  java: (name, value) => `interface ${inCamel(name)} { int ${name} = ${value}; }`,
  javascript: (name, value) => `export const ${name} = ${value};`,
  php: (name, value) => `const ${name} = ${value};`,
  python: (name, value) => `${name} = ${value}`,
  ruby: (name, value) => `${name} = ${value}`,
  rust: (name, value) => `pub const ${name}: u32 = ${value};`,
  tsx: (name, value) => `export const ${name} = ${value};`,
  typescript: (name, value) => `export const ${name} = ${value};`,
};

/** The line that states a fact, in the language of the file that it is planted in. */
export function statement({ name, value }: Fact, path: string): string {
  const language = languageOf(path);
  return language ? declarations[language](name, value) : `${name} is ${value}.`;
}

/** What can be asked about a fact that stands at a place. */
export const questionsAbout = (
  { name, value, depth }: Fact,
  place: { readonly path: string; readonly line: number },
  tolerance: number,
): Question[] => [
  {
    about: 'planted',
    depth,
    name,
    text: `What is the value of \`${name}\`?`,
    expected: { type: 'number', value },
  },
  {
    about: 'planted',
    depth,
    name,
    text: `Where is \`${name}\` defined?`,
    expected: { type: 'place', ...place, tolerance },
  },
];
