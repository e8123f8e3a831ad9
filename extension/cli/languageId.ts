const byExtension: Readonly<Record<string, string>> = {
  c: 'c',
  cc: 'cpp',
  cpp: 'cpp',
  cs: 'csharp',
  h: 'cpp',
  hpp: 'cpp',
  js: 'javascript',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  md: 'markdown',
  mjs: 'javascript',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shellscript',
  ts: 'typescript',
  tsx: 'typescriptreact',
  yml: 'yaml',
};

/** VS Code's language id of a file, by its extension; for languages whose id is their extension, that. */
export function languageIdOf(path: string): string {
  const extension = path.split('.').at(-1)?.toLowerCase() ?? '';
  return byExtension[extension] ?? extension;
}
