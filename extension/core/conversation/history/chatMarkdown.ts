import type { ToolUseView, TurnView } from '../../../protocol/chat.ts';
import type { ExportLabels, SavedChat } from './chatStore.ts';

const english: ExportLabels = { user: 'You', assistant: 'GLM Coder', reasoning: 'Reasoning', tools: 'Tools' };

/** Changes what stands outside of code blocks, and closes a block that an answer was stopped in. */
function outsideCode(text: string, change: (line: string) => string = (line) => line): string {
  let fence = '';
  const lines = text.split('\n').map((line) => {
    const [, mark = '', rest = ''] = /^\s*(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (fence === '') {
      if (mark !== '' && !(mark.startsWith('`') && rest.includes('`'))) fence = mark;
      return fence === '' ? change(line) : line;
    }
    if (mark.startsWith(fence) && rest.trim() === '') fence = '';
    return line;
  });
  return fence === '' ? lines.join('\n') : `${lines.join('\n').trimEnd()}\n${fence}`;
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
    outsideCode(turn.text),
    turn.error ? `> ${turn.error.summary.replaceAll('\n', ' ')}` : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A chat as Markdown: who said what, with reasoning folded away, and texts with their code and citations as they are. */
export function chatMarkdown({ title, turns }: SavedChat, labels: ExportLabels = english): string {
  const head = title === '' ? [] : [`# ${title}`];
  return `${[...head, ...turns.map(({ turn }) => turnMarkdown(turn, labels))].join('\n\n')}\n`;
}
