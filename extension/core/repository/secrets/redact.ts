import type { SecretFinding } from './secretFinding.ts';

const notice = '[secret removed]';
const notLineBreaks = /[^\r\n]+/g;

/**
 * Replaces each finding by `[secret removed]`; findings that overlap or touch are one. The line breaks inside stay,
 * so that line numbers of what follows remain true.
 */
export function redact(text: string, findings: readonly SecretFinding[]): string {
  let out = '';
  let at = 0;
  for (const { start, end } of merged(findings)) {
    out += text.slice(at, start) + notice + text.slice(start, end).replace(notLineBreaks, '');
    at = end;
  }
  return out + text.slice(at);
}

function merged(findings: readonly SecretFinding[]): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of findings.toSorted((a, b) => a.start - b.start)) {
    const last = spans.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans;
}
