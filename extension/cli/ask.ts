import * as l10n from '@vscode/l10n';
import type { Usage } from '../core/backend/backend.ts';
import type { Citation } from '../core/conversation/citations.ts';
import { createGlm } from '../core/glm.ts';
import { type Context, createPorts, folder, settingsOf, type TalkingOptions } from './host.ts';

/** `ask`: streams the answer to a question about a repository; JSON comes whole, at the end. */
export async function ask(dir: string, question: string, options: TalkingOptions, context: Context): Promise<void> {
  const ports = await createPorts(context, settingsOf(options));
  const glm = createGlm(ports);
  const say = (text: string) => options.json || process.stdout.write(text);
  let answer = '';
  let citations: readonly Citation[] = [];
  let usage: Usage | undefined;
  try {
    const request = { root: folder(dir), question, messages: [{ role: 'user', content: question }] } as const;
    for await (const event of glm.ask(request, context.signal)) {
      if (event.type === 'text') {
        answer += event.text;
        say(event.text);
      } else if (event.type === 'take-back') {
        answer = '';
        say('\n---\n');
      } else if (event.type === 'citations') citations = event.citations;
      else if (event.type === 'usage') usage = event.usage;
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
