import { pathOnLine } from '../../../protocol/answerGrammar.ts';
import { pathProblem, plainPath } from '../edits/paths.ts';
import type { Plan, PlannedFile, PlannedKind } from './plan.ts';

/** A heading of the plan's form, with the marks that models put around it. */
const filesHeading = /^\s*(?:#+\s*)?\**\s*(?:FILES(?: TO CHANGE)?|文件)\s*[:：]?\s*\**\s*[:：]?\s*$/i;
const risksHeading = /^\s*(?:#+\s*)?\**\s*(?:RISKS?|风险)\s*[:：]?\s*\**\s*[:：]?\s*$/i;
const heading = /^\s*(?:#+\s|\*\*[^*]+\*\*\s*$)/;
const item = /^\s*(?:[-*+•]|\d+[.)])\s+(?:\[[ xX]\]\s+)?(?<rest>.*\S)\s*$/;

/** A note on what becomes of a file. */
const kinds: readonly (readonly [RegExp, PlannedKind])[] = [
  [/^[(（[](?:new|new file|create|created|add|added|新|新建|新文件|新增)[)）\]]/i, 'make'],
  [/^[(（[](?:deleted?|removed?|删除|移除)[)）\]]/i, 'delete'],
  [/^[(（[](?:renamed?|moved?|changed?|modified|modify|edit(?:ed)?|updated?|修改|更新|重命名|移动)[)）\]]/i, 'change'],
];

const arrow = /^\s*(?:->|=>|→)\s*/;
const divider = /^\s*(?:[:：]|--?|—|–)\s*/;

/** A path at the beginning of a text, in backticks, bold or bare, and what follows it. */
function leadingPath(text: string): { readonly path: string; readonly rest: string } | undefined {
  const marked = /^(?:\*\*)?`([^`]+)`(?:\*\*)?|^\*\*([^*`]+)\*\*/.exec(text);
  if (marked) return { path: plainPath(marked[1] ?? marked[2] ?? ''), rest: text.slice(marked[0].length) };
  const bare = /^[^\s:：(（]+/.exec(text)?.[0];
  if (bare === undefined) return undefined;
  const path = bare.replace(/[,;，；]+$/, '');
  return pathOnLine(path) === undefined ? undefined : { path: plainPath(path), rest: text.slice(bare.length) };
}

/** One line of the list; undefined where it names no file. */
function plannedFile(line: string): PlannedFile | undefined {
  const text = item.exec(line)?.groups?.rest;
  const first = text === undefined ? undefined : leadingPath(text);
  if (!first || pathProblem(first.path)) return undefined;
  let { rest } = first;
  let kind: PlannedKind = 'change';
  let to: string | undefined;
  const moved = arrow.exec(rest);
  if (moved) {
    const target = leadingPath(rest.slice(moved[0].length));
    if (!target || pathProblem(target.path)) return undefined;
    kind = 'rename';
    to = target.path;
    rest = target.rest;
  }
  const note = kinds.find(([mark]) => mark.test(rest.trim()));
  if (note) {
    rest = rest.trim().replace(note[0], '');
    if (kind !== 'rename') kind = note[1];
  }
  const what = rest.replace(divider, '').trim();
  return { path: first.path, kind, ...(to === undefined ? {} : { to }), what };
}

/**
 * Reads a plan in the form that `planFormat.ts` asks for, and in those that models make of it: headings as Markdown, paths in
 * backticks, numbered lists. Undefined for an answer without a list of files: it is no plan.
 */
export function parsePlan(answer: string): Plan | undefined {
  const lines = answer.split(/\r?\n/).filter((line) => !/^\s*```/.test(line));
  const start = lines.findIndex((line) => filesHeading.test(line));
  // Without its heading, a list of files is still a plan.
  const from = start >= 0 ? start + 1 : lines.findIndex((line) => plannedFile(line) !== undefined);
  if (from < 0) return undefined;
  const files = new Map<string, PlannedFile>();
  const risks: string[] = [];
  let part: 'files' | 'risks' | 'other' = 'files';
  for (const line of lines.slice(from)) {
    if (risksHeading.test(line)) part = 'risks';
    else if (filesHeading.test(line)) part = 'files';
    else if (heading.test(line)) part = part === 'files' && files.size === 0 ? part : 'other';
    else if (part === 'risks') {
      const risk = item.exec(line)?.groups?.rest;
      if (risk && !/^(?:none|no risks?|n\/a|无)[.。]?$/i.test(risk)) risks.push(risk);
    } else if (part === 'files') {
      const file = plannedFile(line);
      if (file && !files.has(file.path)) files.set(file.path, file);
    }
  }
  if (files.size === 0) return undefined;
  const summary = lines
    .slice(0, start >= 0 ? start : from)
    .join('\n')
    .trim();
  return { summary, files: [...files.values()], risks };
}
