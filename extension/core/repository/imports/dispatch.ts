import type { Language } from '../languages.ts';
import type { ImportStatement, RepositoryPaths, Resolve } from './imports.ts';
import { importsOfBash } from './importsOfBash.ts';
import { importsOfCpp } from './importsOfCpp.ts';
import { importsOfCsharp } from './importsOfCsharp.ts';
import { importsOfGo } from './importsOfGo.ts';
import { importsOfJava } from './importsOfJava.ts';
import { importsOfPhp } from './importsOfPhp.ts';
import { importsOfPython } from './importsOfPython.ts';
import { importsOfRuby } from './importsOfRuby.ts';
import { importsOfRust } from './importsOfRust.ts';
import { importsOfScript } from './importsOfScript.ts';
import { bashResolver } from './resolveBash.ts';
import { cppResolver } from './resolveCpp.ts';
import { csharpResolver } from './resolveCsharp.ts';
import { goResolver } from './resolveGo.ts';
import { javaResolver } from './resolveJava.ts';
import { phpResolver } from './resolvePhp.ts';
import { pythonResolver } from './resolvePython.ts';
import { rubyResolver } from './resolveRuby.ts';
import { rustResolver } from './resolveRust.ts';
import { scriptResolver } from './resolveScript.ts';

interface Imports {
  readonly find: (text: string) => readonly ImportStatement[];
  readonly resolver: (paths: RepositoryPaths) => Resolve;
}

const script: Imports = { find: importsOfScript, resolver: scriptResolver };

const languages: Readonly<Record<Language, Imports>> = {
  bash: { find: importsOfBash, resolver: bashResolver },
  cpp: { find: importsOfCpp, resolver: cppResolver },
  csharp: { find: importsOfCsharp, resolver: csharpResolver },
  go: { find: importsOfGo, resolver: goResolver },
  java: { find: importsOfJava, resolver: javaResolver },
  javascript: script,
  php: { find: importsOfPhp, resolver: phpResolver },
  python: { find: importsOfPython, resolver: pythonResolver },
  ruby: { find: importsOfRuby, resolver: rubyResolver },
  rust: { find: importsOfRust, resolver: rustResolver },
  tsx: script,
  typescript: script,
};

/** Finds the import statements of a text. */
export function importsOf(language: Language, text: string): readonly ImportStatement[] {
  return languages[language].find(text);
}

/** Creates the resolvers of a repository, each when its language is first asked for. */
export function createResolver(paths: RepositoryPaths): (language: Language) => Resolve {
  const created = new Map<Imports['resolver'], Resolve>();
  return (language) => {
    const { resolver } = languages[language];
    let resolve = created.get(resolver);
    if (!resolve) {
      resolve = resolver(paths);
      created.set(resolver, resolve);
    }
    return resolve;
  };
}
