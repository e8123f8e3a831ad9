import type { InlineEdits, InlineEditsPorts } from './inlineEdits.ts';

/** Inline edits that load their code when the first is asked for: starting the editor needs none of it. */
export function createLazyInlineEdits(ports: InlineEditsPorts): InlineEdits {
  let loading: Promise<InlineEdits> | undefined;
  const loaded = (): Promise<InlineEdits> => {
    loading ??= import('./inlineEdits.ts').then(({ createInlineEdits }) => createInlineEdits(ports));
    return loading;
  };
  return {
    start: async () => (await loaded()).start(),
    accept: async (argument) => (await loading)?.accept(argument),
    reject: async (argument) => (await loading)?.reject(argument),
    retry: async (argument) => (await loading)?.retry(argument),
    showDiff: async (argument) => (await loading)?.showDiff(argument),
    reveal: async (argument) => (await loading)?.reveal(argument),
    dispose: () => void loading?.then((edits) => edits.dispose()),
  };
}
