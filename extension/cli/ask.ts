import * as l10n from '@vscode/l10n';
import type { Usage } from '../core/backend/backend.ts';
import { sumOfUsages } from '../core/backend/usages.ts';
import type { Citation } from '../core/conversation/citations.ts';
import type { ToolEvent } from '../core/conversation/toolLoop.ts';
import { createGlm } from '../core/glm.ts';
import { type Context, createPorts, folder, settingsOf, type TalkingOptions } from './host.ts';

/** The options of `ask`. */
export interface AskOptions extends TalkingOptions {
  /** Lets the model look into the repository. */
  readonly tools?: boolean;
}

/** What a call came to, on one line. */
function told({ use }: ToolEvent & { type: 'tool' }): string {
  const { name, arguments: json, state, tokens = 0, result = '' } = use;
  const what = state === 'refused' ? result.replace(/\s+/g, ' ') : l10n.t('{0} tokens', tokens.toLocaleString());
  return `${name} ${json.replace(/\s+/g, ' ')}: ${what}\n`;
}

/** `ask`: streams the answer to a question about a repository; JSON comes whole, at the end. */
export async function ask(dir: string, question: string, options: AskOptions, context: Context): Promise<void> {
  const ports = await createPorts(context, settingsOf(options));
  const glm = createGlm(ports);
  const say = (text: string) => options.json || process.stdout.write(text);
  let answer = '';
  let citations: readonly Citation[] = [];
  let usage: Usage | undefined;
  try {
    const tools = options.tools === true;
    const request = { root: folder(dir), question, messages: [{ role: 'user', content: question }], tools } as const;
    for await (const event of glm.ask(request, context.signal)) {
      if (event.type === 'text') {
        answer += event.text;
        say(event.text);
      } else if (event.type === 'take-back') {
        answer = '';
        say('\n---\n');
      } else if (event.type === 'citations') citations = event.citations;
      else if (event.type === 'usage') usage = usage ? sumOfUsages([usage, event.usage]) : event.usage;
      else if (event.type === 'tool' && event.use.state !== 'running') {
        process.stderr.write(told(event));
        if (answer !== '' && !answer.endsWith('\n\n')) {
          answer += '\n\n';
          say('\n\n');
        }
      } else if (event.type === 'tools-ended') process.stderr.write(`${event.why}\n`);
    }
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ answer, citations, usage })}\n`);
      return;
    }
    say('\n');
    for (const { path, startLine, endLine, verified } of citations) {
      say(
        `${verified ? '✓' : '✗'} ${path}:${startLine}-${endLine}${verified ? '' : ` (${l10n.t('no such place')})`}\n`,
      );
    }
  } finally {
    glm.dispose();
    await ports.dispose();
  }
}
