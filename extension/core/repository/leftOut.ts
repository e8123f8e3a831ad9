import * as l10n from '@vscode/l10n';

/** Bytes; larger files are data more often than source, and one of them would fill a whole pack. */
export const largestFile = 1 << 20;

/** Characters a line; longer means minified or generated (hand-written source stays far below). */
const longestMeanLine = 300;

const lockFiles =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|Cargo\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|composer\.lock|Gemfile\.lock|go\.sum|flake\.lock)$/;
const secretFiles =
  /(^|\/)(\.env(\.(?!example|sample|template)[^/]*)?|\.npmrc|\.pypirc|\.netrc|\.git-credentials|id_(rsa|dsa|ecdsa|ed25519)|credentials|[^/]*\.(pem|key|p12|pfx|jks|keystore|kdbx))$/i;
const binaryFiles =
  /\.(png|jpe?g|gif|webp|ico|icns|bmp|tiff?|avif|pdf|zip|gz|tgz|bz2|xz|7z|rar|jar|war|class|o|a|so|dll|dylib|exe|bin|wasm|node|woff2?|ttf|otf|eot|mp[34]|m4a|mov|avi|mkv|webm|ogg|wav|flac|sqlite|db|pyc|vsix|gguf|safetensors|onnx|parquet)$/i;
const generatedFiles = /(\.min\.(js|css|mjs)|\.map|\.snap|\.bundle\.js)$/i;

/** Why a file is left out of packs by its name or size alone, or undefined where it may be read. */
export function leftOutByName(path: string, bytes: number): string | undefined {
  if (secretFiles.test(path)) return l10n.t('may hold secrets');
  if (lockFiles.test(path)) return l10n.t('lock file');
  if (binaryFiles.test(path)) return l10n.t('binary');
  if (generatedFiles.test(path)) return l10n.t('generated');
  if (bytes > largestFile) return l10n.t('larger than {0} MB', largestFile >> 20);
  return undefined;
}

/** A file's text, or why it is left out by what stands in it. */
export function readable(bytes: Uint8Array): { readonly text: string } | { readonly refused: string } {
  if (bytes.length === 0) return { refused: l10n.t('empty') };
  if (bytes.includes(0)) return { refused: l10n.t('binary') };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { refused: l10n.t('not UTF-8 text') };
  }
  if (text.length > 2_000 && text.length / (countLines(text) || 1) > longestMeanLine)
    return { refused: l10n.t('minified') };
  return { text };
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
