/** The languages whose files are parsed; C is read as C++. */
export type Language =
  | 'bash'
  | 'cpp'
  | 'csharp'
  | 'go'
  | 'java'
  | 'javascript'
  | 'php'
  | 'python'
  | 'ruby'
  | 'rust'
  | 'tsx'
  | 'typescript';

const endings: Readonly<Record<Language, string>> = {
  bash: 'sh bash zsh',
  cpp: 'c cc cpp cxx h hh hpp hxx inl ipp',
  csharp: 'cs',
  go: 'go',
  java: 'java',
  javascript: 'js mjs cjs jsx',
  php: 'php',
  python: 'py pyi',
  ruby: 'rb rake',
  rust: 'rs',
  tsx: 'tsx',
  typescript: 'ts mts cts',
};

const byEnding = new Map(
  Object.entries(endings).flatMap(([language, all]) => all.split(' ').map((ending) => [ending, language as Language])),
);

/** The language that a path's ending stands for, or undefined where files of that kind are not parsed. */
export function languageOf(path: string): Language | undefined {
  return byEnding.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}
