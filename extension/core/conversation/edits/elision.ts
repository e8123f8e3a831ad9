/** Marks that begin and end a comment in the languages that people write. */
const commentStart = /^(?:\{?\/\*+|\/{2,}|#+|--+|<!--+|;+|%+|\(\*|"""|''')\s*/;
const commentEnd = /\s*(?:\*+\/\}?|--+>|\*\)|"""|''')$/;

const dots = /^[[({<]?\s*(?:\.{3,}|…+)\s*[\])}>]?$/;
const dotsBefore = /^[[({<]?\s*(?:\.{3,}|…+)\s*/;
const dotsAfter = /\s*(?:\.{3,}|…+)\s*[\])}>]?$/;

/** What models say of lines that they leave out. */
const leftOut =
  /\b(?:existing|unchanged|remain(?:s|ing|der)?|rest|omitted|other|others|previous|same|more|above|below|etc|elided|truncated|code|imports?|methods?|functions?|fields?|lines?|content|implementation|logic)\b|其余|其他|省略|不变|剩余|现有|原有|同上|已有|代码/i;

/** How a comment begins that says so and ends with dots; other sentences may end with dots. */
const begunLeftOut =
  /^(?:the |your |all )?(?:existing|unchanged|remaining|rest|other|previous|same)\b|^(?:其余|其他|剩余|现有|原有|省略)/i;

/** The same, of a comment without dots, where only a whole phrase is clear. */
const leftOutPhrase = new RegExp(
  [
    /^\(?(?:the )?(?:rest|remainder|remaining (?:\w+ )?(?:code|part|methods?|functions?|fields?|lines?|content|logic)|(?:all |the )?(?:other|existing|previous)(?: [\w,]+){1,3}|everything else|all else)(?: of(?: [\w,]+){1,4})? (?:is |are |remains? |stays? |left |kept |goes |go )*(?:unchanged|the same|omitted|as before|as is|here|not changed|untouched)(?: .{0,40})?[.)]*$/,
    /^\(?(?:the )?(?:rest|remainder) of (?:the |this |your )?(?:existing )?(?:file|code|class|function|method|module|component|implementation|body|imports?|methods?|content|document|text|config\w*|rules?|styles?)(?: (?:here|below|above|follows|goes here|.{0,30}(?:unchanged|the same|omitted|as before|as is)))?[.)]*$/,
    /^\(?(?:existing|unchanged|omitted|previous) (?:code|lines?|imports?|methods?|functions?|content|implementation|logic|part)(?: here| above| below| unchanged)?[.)]*$/,
    /^\(?(?:unchanged|no changes?|omitted(?: for brevity)?|same as before|as before|code omitted.{0,30})[.)]*$/,
    /^[（(]?(?:其余|其他|剩余|现有|原有|后面|前面|以下|以上|此处)(?:的)?(?:代码|部分|内容|方法|函数|配置|样式|文字|逻辑|实现)?(?:都|均)?(?:保持)?(?:不变|省略|同上|相同|一样|未变)[。）)]*$/,
    /^[（(]?(?:省略|代码省略|此处省略).{0,12}[。）)]*$/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

/** Whether a line stands for others that were left out, whatever the language. */
function standsForOthers(line: string): boolean {
  const text = line.trim();
  if (dots.test(text)) return true;
  const inner = text.replace(commentStart, '').replace(commentEnd, '').trim();
  const comment = inner !== text;
  if (comment && dots.test(inner)) return true;
  const words = inner.replace(dotsBefore, '').replace(dotsAfter, '');
  const before = dotsBefore.test(inner);
  const after = dotsAfter.test(inner);
  if (before && after && (comment || (leftOut.test(words) && /\s|\p{Script=Han}/u.test(words)))) return true;
  // A spread (`...rest`) is code, and a sentence may go on after dots: few words, and such words, make the sign.
  const few = words.split(/\s+/).length <= 8;
  if (before && few && leftOut.test(words)) return comment || (/\s/.test(words) && /^\W*\s/.test(inner));
  if (after && comment && few && begunLeftOut.test(words)) return true;
  return comment && leftOutPhrase.test(words);
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Whether `...` at `at` is the whole body of a Python definition, as in a stub. */
function isStub(lines: readonly string[], at: number): boolean {
  const full = (line: string) => line.trim() !== '';
  const before = lines.slice(0, at).findLast(full)?.trimEnd() ?? '';
  const after = lines.slice(at + 1).find(full);
  const own = indentOf(lines[at] ?? '');
  return /(?::|"""|''')$/.test(before) && own > 0 && (after === undefined || indentOf(after) < own);
}

/** Whether `...` at `at` is the end of a YAML document. */
function endsDocument(lines: readonly string[], at: number): boolean {
  const after = lines.slice(at + 1).find((line) => line.trim() !== '');
  return lines[at] === '...' && (after === undefined || after === '---');
}

/** The lines among those of a file that stand for others that were left out, trimmed. */
export function elidedLines(lines: readonly string[], path: string): string[] {
  const elided = lines.filter((line, at) => {
    if (!standsForOthers(line)) return false;
    if (line.trim() !== '...') return true;
    if (/\.pyi?$/.test(path)) return !isStub(lines, at);
    return !(/\.ya?ml$/.test(path) && endsDocument(lines, at));
  });
  return elided.map((line) => line.trim());
}

/** Whether new lines leave some out: those that were in the file before (`old`) say nothing of what is left out now. */
export function leavesOut(lines: readonly string[], old: readonly string[], path: string): boolean {
  const kept = old.map((line) => line.trim());
  return elidedLines(lines, path).some((line) => {
    const at = kept.indexOf(line);
    if (at < 0) return true;
    kept.splice(at, 1);
    return false;
  });
}
