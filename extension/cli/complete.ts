import * as l10n from '@vscode/l10n';
import type { Usage } from '../core/backend/backend.ts';
import type { InlineEvent } from '../core/completion/inlineRequest.ts';
import { createGlm } from '../core/glm.ts';
import { type Context, createPorts, folder, settingsOf, type TalkingOptions } from './host.ts';
import { languageIdOf } from './languageId.ts';
import { parsePlace, textAround } from './place.ts';

/** `complete`: prints the inline completion for a place. */
export async function complete(dir: string, place: string, options: TalkingOptions, context: Context): Promise<void> {
  const root = folder(dir);
  const cursor = parsePlace(root, place);
  const around = await textAround(root, cursor);
  const ports = await createPorts(context, settingsOf(options));
  let usage: Usage | undefined;
  const inline = (event: InlineEvent) => {
    if (event.type === 'answered') usage = event.usage;
  };
  const glm = createGlm({ ...ports, inline });
  try {
    const { backend } = await glm.probe(context.signal);
    const languageId = languageIdOf(cursor.path);
    const { suggestions, why } = await glm.complete({ root, cursor, languageId, ...around }, context.signal);
    const text = suggestions[0]?.text ?? '';
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ backend: backend.label, text, usage, ...(why ? { why } : {}) })}\n`);
    } else {
      process.stdout.write(`${text || (why ?? l10n.t('No completion at this place.'))}\n`);
    }
  } finally {
    glm.dispose();
    await ports.dispose();
  }
}
