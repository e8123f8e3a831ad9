/** A text without the secrets that were found in it; their length stays, so that the places in it do. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let out = text;
  // One may begin another.
  for (const secret of secrets.toSorted((a, b) => b.length - a.length))
    out = out.replaceAll(secret, (found) => '*'.repeat(found.length));
  return out;
}
