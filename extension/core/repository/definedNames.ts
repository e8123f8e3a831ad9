/** What may stand before the word that declares, in any of the languages. */
const modifiers =
  'export|default|declare|abstract|async|public|private|protected|internal|static|final|sealed|partial|unsafe|extern|inline|open|data|pub(?:\\([\\w ]*\\))?';

/** Declarations at any depth, and variables at the left margin only: elsewhere they are local. */
const declarations = new RegExp(
  `^(?:[ \\t]*(?:(?:${modifiers})[ \\t]+)*(?:class|interface|function\\*?|def|func|fn|fun|type|struct|enum|union|trait|namespace|module|object|protocol|record|typedef|macro_rules!)|(?:(?:${modifiers})[ \\t]+)*(?:const|let|var|val|static))[ \\t]+(?:\\([^()\\n]{0,200}\\)[ \\t]*)?([A-Za-z_$\\u0080-\\uffff][\\w$\\u0080-\\uffff]*)`,
  'gm',
);

/** Assignments at the left margin, which declare in Python, Ruby and shells. */
const assignments = /^([A-Za-z_]\w*)(?:[ \t]*:[^=\n]{1,200})?[ \t]*=(?![=~])/gm;

/**
 * The names that a text seems to declare, each once: a lexical guess in one pass, for all languages alike, that finds
 * the files worth parsing. Linear in the text.
 */
export function definedNames(text: string): string[] {
  const names = new Set<string>();
  for (const [, name] of text.matchAll(declarations)) if (name) names.add(name);
  for (const [, name] of text.matchAll(assignments)) if (name) names.add(name);
  return [...names];
}
