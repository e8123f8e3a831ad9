/** Where one sentence ends and the next one begins, found in text that may still grow. */

/** Shortened words whose point ends no sentence. */
const shortened = /(?:^|[\s(])(?:e\.g|i\.e|cf|vs|etc|approx|fig|no|dr|mr|ms|resp|incl|esp|ca|v|p|pp|[A-Z])\.$/i;
/** What may stand between a full stop and the next sentence. */
const closers = /^[)\]"'”’」』）】*_]*/;

/** The end of a span of code that begins at a position; -1 where it is not closed. */
function codeEnd(text: string, at: number): number {
  const run = /^`+/.exec(text.slice(at))?.[0] ?? '`';
  for (let from = at + run.length; ; ) {
    const next = text.indexOf(run, from);
    if (next < 0) return -1;
    if (text[next + run.length] !== '`' && text[next - 1] !== '`') return next + run.length;
    from = next + 1;
    while (text[from] === '`') from++;
  }
}

/**
 * The end of the sentence that begins at a position. Undefined where the text that is there does not tell, which it
 * always does once it is `whole`; the same for a text however much of what follows is known.
 */
export function sentenceEnd(text: string, from: number, whole: boolean): number | undefined {
  for (let at = from; at < text.length; ) {
    const char = text[at] ?? '';
    if (char === '`') {
      const end = codeEnd(text, at);
      // A run at the end of a growing text may become longer, and so may its counterpart.
      if (!whole && (end < 0 || end >= text.length)) return undefined;
      at = end < 0 ? at + (/^`+/.exec(text.slice(at))?.[0].length ?? 1) : end;
      continue;
    }
    const after = at + 1;
    if ('。！？；'.includes(char)) {
      const end = after + (closers.exec(text.slice(after))?.[0].length ?? 0);
      if (end < text.length || whole) return end;
      return undefined;
    }
    if (char === '\n' || '.!?;'.includes(char)) {
      const end = char === '\n' ? after : after + (closers.exec(text.slice(after))?.[0].length ?? 0);
      const rest = text.slice(end);
      const next = rest.search(/\S/);
      if (next < 0) return whole ? text.length : undefined;
      const stands = char === '\n' || next > 0;
      const goesOn = char !== ';' && /^[a-z]/.test(rest.slice(next));
      if (stands && !goesOn && !(char === '.' && shortened.test(text.slice(Math.max(0, after - 12), after))))
        return end;
    }
    at = after;
  }
  return whole ? text.length : undefined;
}
