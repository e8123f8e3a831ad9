/** Something that a language service finds wrong. */
export interface Problem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** What to look into, and with which TypeScript. All paths are absolute. */
export interface LanguageCheck {
  /** File of the compiler, `typescript.js`. */
  readonly library: string;
  /** Folder beyond which no project is looked for. */
  readonly root: string;
  /** Files as they are in the editor, in place of what is on disk. */
  readonly unsaved: Readonly<Record<string, string>>;
  /** Files as they are to be; null for one that goes. */
  readonly proposed: Readonly<Record<string, string | null>>;
}

/** What is wrong before and after in a file, one of the request or one that imports it. */
export interface CheckedFile {
  readonly path: string;
  /** The file of the request on whose account it was looked into. */
  readonly because: string;
  readonly before: readonly Problem[];
  readonly after: readonly Problem[];
}

/** The problems of a text that the one before it did not have. Lines move: each message counts as often as it stood there. */
export function newProblems({ before, after }: Pick<CheckedFile, 'before' | 'after'>): Problem[] {
  const left = new Map<string, number>();
  for (const { message } of before) left.set(message, (left.get(message) ?? 0) + 1);
  return after.filter(({ message }) => {
    const known = left.get(message) ?? 0;
    if (known > 0) left.set(message, known - 1);
    return known === 0;
  });
}
