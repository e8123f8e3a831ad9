import * as l10n from '@vscode/l10n';
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
  const glm = createGlm(ports);
  try {
    const { backend } = await glm.probe(context.signal);
    const languageId = languageIdOf(cursor.path);
    const suggestion = await glm.complete({ root, cursor, languageId, ...around }, context.signal);
    if (options.json) {
      const { text = '', usage } = suggestion ?? {};
      process.stdout.write(`${JSON.stringify({ backend: backend.label, text, usage })}\n`);
    } else {
      process.stdout.write(suggestion ? `${suggestion.text}\n` : `${l10n.t('No completion at this place.')}\n`);
    }
  } finally {
    glm.dispose();
    await ports.dispose();
  }
}
