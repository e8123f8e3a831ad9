/** Opening fence with its language, and closing fence, as chat models add them against their orders. */
const fenced = /^\s*```[^\n]*\n([\s\S]*?)\n?```\s*$/;

const withoutFence = (text: string): string => fenced.exec(text)?.[1] ?? text;

/** Cuts the end of `text` that the rest of the cursor's line already holds: `x);` before `);` becomes `x`. */
function withoutOverlap(text: string, restOfLine: string): string {
  const rest = restOfLine.trim();
  for (let length = Math.min(rest.length, text.length); length > 0; length--) {
    if (text.endsWith(rest.slice(0, length))) return text.slice(0, -length);
  }
  return text;
}

/** Cuts from the line on which the answer begins to repeat the next two lines, or one long line, of the suffix. */
function withoutEcho(text: string, suffix: string): string {
  const following = suffix
    .slice(suffix.search(/\n|$/))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [next, afterNext] = following;
  if (!next) return text;
  const lines = text.split('\n');
  const echo = lines.findIndex((line, i) => {
    if (line.trim() !== next) return false;
    const then = lines.slice(i + 1).find((each) => each.trim() !== '');
    return then === undefined || then.trim() === afterNext;
  });
  return echo < 0 ? text : lines.slice(0, echo).join('\n');
}

/**
 * Makes a model's raw answer fit to be shown: no code fence, one line where one was asked for, nothing that the
 * text after the cursor already says. Returns an empty string where nothing is left.
 */
export function tidy(answer: string, suffix: string, mode: 'line' | 'block'): string {
  const text = withoutFence(answer).replace(/<\|[a-z_]+\|>[\s\S]*$/, '');
  const cut = mode === 'line' ? (text.split('\n')[0] ?? '') : text;
  const restOfLine = suffix.slice(0, suffix.search(/\n|$/));
  const shown = withoutOverlap(withoutEcho(cut, suffix).trimEnd(), restOfLine);
  return shown.trim() === '' ? '' : shown;
}
