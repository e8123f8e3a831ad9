const names: Readonly<Record<string, string>> = {
  c: 'C',
  cpp: 'C++',
  csharp: 'C#',
  css: 'CSS',
  go: 'Go',
  html: 'HTML',
  java: 'Java',
  javascript: 'JavaScript',
  javascriptreact: 'JavaScript',
  json: 'JSON',
  kotlin: 'Kotlin',
  lua: 'Lua',
  markdown: 'Markdown',
  php: 'PHP',
  python: 'Python',
  ruby: 'Ruby',
  rust: 'Rust',
  scala: 'Scala',
  shellscript: 'Shell',
  sql: 'SQL',
  swift: 'Swift',
  typescript: 'TypeScript',
  typescriptreact: 'TypeScript',
  vue: 'Vue',
  yaml: 'YAML',
};

/** A language's name as CodeGeeX4 was trained on it, from VS Code's language id (glm-protocol.md 3.1). */
export function languageName(languageId: string): string {
  return names[languageId] ?? languageId.charAt(0).toUpperCase() + languageId.slice(1);
}
