/** The files of a unified diff, each with its part of it, by its path after the change or, where it is gone, before. */
export function filesOfDiff(diff: string): { readonly path: string; readonly text: string }[] {
  return diff
    .split(/^(?=diff --git )/m)
    .filter((part) => part.startsWith('diff --git '))
    .map((text) => {
      const named =
        /^\+\+\+ b\/(.*)$/m.exec(text) ?? /^--- a\/(.*)$/m.exec(text) ?? /^diff --git a\/.* b\/(.*)$/m.exec(text);
      return { path: named?.[1]?.trim() ?? '', text };
    });
}
