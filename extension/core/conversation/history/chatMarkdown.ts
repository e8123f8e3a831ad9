import {
  deleteMark,
  fileEndMark,
  fileMark,
  pathOnLine,
  renameMark,
  replaceMark,
  searchMark,
} from '../../../protocol/answerGrammar.ts';
import type { ToolUseView, TurnView } from '../../../protocol/chat.ts';
import type { ExportLabels, SavedChat } from './chatStore.ts';

const english: ExportLabels = { user: 'You', assistant: 'GLM Coder', reasoning: 'Reasoning', tools: 'Tools' };

/** Follows the fences of a text, line by line. */
function createFences() {
  let fence = '';
  return {
    /** The signs of the fence that is open; empty outside of code. */
    get open() {
      return fence;
    },
    read(line: string): void {
      const [, mark = '', rest = ''] = /^\s*(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
      if (fence !== '') {
        if (mark.startsWith(fence) && rest.trim() === '') fence = '';
      } else if (!(mark.startsWith('`') && rest.includes('`'))) fence = mark;
    },
  };
}

/** Changes what stands outside of code blocks, and closes a block that an answer was stopped in. */
function outsideCode(text: string, change: (line: string) => string = (line) => line): string {
  const fences = createFences();
  const lines = text.split('\n').map((line) => {
    const wasOpen = fences.open !== '';
    fences.read(line);
    return wasOpen || fences.open !== '' ? line : change(line);
  });
  return fences.open === '' ? lines.join('\n') : `${lines.join('\n').trimEnd()}\n${fences.open}`;
}

/** Edits as code, with their paths: as Markdown, their dividers make headings of the lines before, and their marks quotes. */
function editsAsCode(text: string): string {
  const fences = createFences();
  const lines = text.split('\n');
  const written: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const isWhole = deleteMark.test(line) || renameMark.test(line);
    if (fences.open !== '' || !(isWhole || searchMark.test(line) || fileMark.test(line))) {
      fences.read(line);
      written.push(line);
      continue;
    }
    const ends = fileMark.test(line) ? fileEndMark : replaceMark;
    const end = isWhole ? at : lines.findIndex((each, index) => index > at && ends.test(each));
    const block = lines.slice(at, end < 0 ? lines.length : end + 1);
    const above = written.at(-1)?.trim() ?? '';
    // A bare path may hold signs that Markdown reads.
    if (above !== '' && pathOnLine(above) === above) written[written.length - 1] = `\`${above}\``;
    const fence = fenceAround(block.join('\n'));
    written.push(...(above === '' ? [] : ['']), `${fence}text`, ...block, fence);
    at += block.length - 1;
  }
  return written.join('\n');
}

/** Reasoning that may speak of HTML must not end the part that folds it. */
const withoutFolds = (line: string): string => line.replace(/<(?=\/?(?:details|summary)\b)/gi, '&lt;');

/** A fence that no line of a text ends. */
const fenceAround = (text: string): string =>
  '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));

/** The calls of a turn with what they came to, folded away. */
function toolsMarkdown(tools: readonly ToolUseView[], label: string): string {
  const each = tools.map(({ name, arguments: json, state, result = '' }) => {
    const fence = fenceAround(json + result);
    return `${fence}text\n${name} ${json.replaceAll('\n', ' ')} (${state})\n${result.trimEnd()}\n${fence}`;
  });
  return tools.length === 0 ? '' : `<details>\n<summary>${label}</summary>\n\n${each.join('\n\n')}\n\n</details>`;
}

function turnMarkdown(turn: TurnView, labels: ExportLabels): string {
  const reasoning = turn.reasoning.trim();
  const parts = [
    `## ${turn.role === 'user' ? labels.user : labels.assistant}`,
    turn.attached.length > 0 ? turn.attached.map((name) => `- \`${name}\``).join('\n') : '',
    reasoning === ''
      ? ''
      : `<details>\n<summary>${labels.reasoning}</summary>\n\n${outsideCode(reasoning, withoutFolds)}\n\n</details>`,
    toolsMarkdown(turn.tools ?? [], labels.tools),
    outsideCode(turn.role === 'assistant' ? editsAsCode(turn.text) : turn.text),
    turn.error ? `> ${turn.error.summary.replaceAll('\n', ' ')}` : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A chat as Markdown: who said what, with reasoning folded away, and texts with their code and citations as they are. */
export function chatMarkdown({ title, turns }: SavedChat, labels: ExportLabels = english): string {
  const head = title === '' ? [] : [`# ${title}`];
  return `${[...head, ...turns.map(({ turn }) => turnMarkdown(turn, labels))].join('\n\n')}\n`;
}
