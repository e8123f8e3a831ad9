import hljs from 'highlight.js/lib/core';
import { languages } from './languages.ts';
import { type CodeNode, ScopeTree } from './scopeTree.ts';

/** Above this many characters a code block is shown without colours: the page must not stall. */
const longestCode = 100_000;

let ready: typeof hljs | undefined;

/** The highlighter, with its grammars registered at the first use. */
function highlighter(): typeof hljs {
  if (!ready) {
    ready = hljs.newInstance();
    ready.configure({ __emitter: ScopeTree });
    for (const [name, grammar] of Object.entries(languages)) ready.registerLanguage(name, grammar);
  }
  return ready;
}

/** What a language is called (`ts` is TypeScript), or its name as given where it is not known. */
export const languageName = (language: string): string => highlighter().getLanguage(language)?.name ?? language;

/** Code with its scopes; a single string where the language is not known. */
export function highlight(code: string, language: string, longest = longestCode): readonly CodeNode[] {
  if (code.length > longest || !highlighter().getLanguage(language)) return [code];
  const { _emitter } = highlighter().highlight(code, { language, ignoreIllegals: true });
  return _emitter instanceof ScopeTree ? _emitter.children : [code];
}
