/** How a language writes what is no code. */
export interface Lexicon {
  /** What comments begin with that go to the end of their line. */
  readonly lineComments: readonly string[];
  /** Whether it has comments between slashes and stars. */
  readonly hasBlockComments: boolean;
  /** Whether single quotes hold one character, and stand alone in places. */
  readonly hasCharacters: boolean;
}

const slashes: Lexicon = { lineComments: ['//'], hasBlockComments: true, hasCharacters: false };
const hash: Lexicon = { lineComments: ['#'], hasBlockComments: false, hasCharacters: false };
const dashes: Lexicon = { lineComments: ['--'], hasBlockComments: true, hasCharacters: false };
const semicolon: Lexicon = { lineComments: [';'], hasBlockComments: false, hasCharacters: false };
const percent: Lexicon = { lineComments: ['%'], hasBlockComments: false, hasCharacters: false };
const markup: Lexicon = { lineComments: ['<!--'], hasBlockComments: false, hasCharacters: false };
const withCharacters: Lexicon = { ...slashes, hasCharacters: true };

const groups: readonly (readonly [Lexicon, string])[] = [
  [
    hash,
    'python ruby shellscript perl perl6 r yaml toml dockerfile makefile cmake elixir julia powershell coffeescript',
  ],
  [hash, 'properties dotenv ignore gitignore graphql terraform nix fish'],
  [dashes, 'sql lua haskell elm ada vhdl'],
  [semicolon, 'clojure lisp scheme ini asm'],
  [percent, 'latex tex bibtex erlang prolog matlab'],
  [markup, 'html xml xsl svg'],
  [withCharacters, 'rust c cpp cuda-cpp objective-c objective-cpp csharp java kotlin scala go swift zig d fsharp'],
  [{ ...slashes, lineComments: [] }, 'css'],
  [{ ...slashes, lineComments: ['//', '#'] }, 'php hcl'],
];

const byLanguage = new Map(
  groups.flatMap(([lexicon, names]) => names.split(' ').map((name) => [name, lexicon] as const)),
);

/** The lexicon of a language by VS Code's id; that of C's descendants where it is not known. */
export const lexiconOf = (languageId: string | undefined): Lexicon => byLanguage.get(languageId ?? '') ?? slashes;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A hash within a word begins no comment. */
const begins = (mark: string): string => (mark === '#' ? '(?<![^\\s;)\\]}])#' : escaped(mark));

/** A pattern for each comment of a language, without flags; one that never matches where it has none. */
export function commentPattern({ lineComments, hasBlockComments }: Lexicon): string {
  const lines = lineComments.map((mark) =>
    mark === '<!--' ? '<!--[\\s\\S]*?(?:-->|(?![\\s\\S]))' : `${begins(mark)}[^\\n]*`,
  );
  return [...lines, ...(hasBlockComments ? ['\\/\\*[\\s\\S]*?(?:\\*\\/|(?![\\s\\S]))'] : [])].join('|');
}

/** Whether a line is a comment, as far as the line alone tells. */
export function isCommentLine({ lineComments, hasBlockComments }: Lexicon, line: string): boolean {
  const text = line.trimStart();
  if (lineComments.some((mark) => text.startsWith(mark))) return true;
  // The further lines of a comment begin with a star and a space; a pointer has none.
  return hasBlockComments && /^(?:\/\*|\*(?:[\s/]|$))/.test(text);
}
