import type { Language } from '../core/repository/languages.ts';
import { javascript, tsx, typescript } from './outlines/ecmascript.ts';
import { csharp, java } from './outlines/managed.ts';
import { cpp, go, rust } from './outlines/native.ts';
import type { OutlineRules } from './outlines/rules.ts';
import { bash, php, python, ruby } from './outlines/scripting.ts';

/** How the declarations of each language are found. */
export const outlineRules: Readonly<Record<Language, OutlineRules>> = {
  bash,
  cpp,
  csharp,
  go,
  java,
  javascript,
  php,
  python,
  ruby,
  rust,
  tsx,
  typescript,
};
