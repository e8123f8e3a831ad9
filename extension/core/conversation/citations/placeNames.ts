/** What is taken for a path, where a text may hold times, addresses, ports and ratios as well. */

/** Endings of source files: a path with one of them is meant as a file, be it there or not. */
const sourceEnding =
  /\.(?:[cm]?[jt]sx?|pyi?|ipynb|go|rs|java|kts?|scala|groovy|gradle|c|h|cc|cpp|cxx|hpp|mm|cs|fs|vb|rb|erb|php|swift|dart|lua|exs?|erl|hs|clj|jl|r|pl|zig|nim|s?css|sass|less|html?|vue|svelte|astro|mdx?|rst|txt|jsonc?|ya?ml|toml|ini|cfg|conf|xml|proto|graphql|tf|cmake|sh|bash|ps1|bat|sql|csv|log|lock|patch|properties|env|gitignore)$/i;

/** Names of things that end like source files. */
const products = /^(?:node|next|vue|nuxt|express|three|d3|nest|ember|backbone|chart|moment|deno|alpine|solid)\.js$/i;

/** Whether a path ends like that of a source file. */
export const endsLikeSource = (path: string): boolean => sourceEnding.test(path);

/** Whether what stands before `:12` may be a path; whether it is one, the files must tell. */
export function mayBePath(path: string): boolean {
  if (/:\/\//.test(path) || products.test(path) || !/[\p{L}_]/u.test(path)) return false;
  if (/^\d/.test(path) || /^[\\/~]/.test(path)) return sourceEnding.test(path);
  return (
    /[^\\/][\\/][^\\/]/.test(path) || /[\p{L}\p{N}_\])]\.\w/u.test(path) || /^\.\w/.test(path) || bareName.test(path)
  );
}

/** Files without an ending, as they are named without a folder. */
const bareName = /^(?:\w*[Ff]ile|LICEN[SC]E|README|CHANGELOG|CODEOWNERS)$/;
