import * as l10n from '@vscode/l10n';
import { createGlm } from '../core/glm.ts';
import { type Context, createPorts, settingsOf, type TalkingOptions } from './host.ts';

/** `probe`: tells which backend answers, and why that one. */
export async function probe(options: TalkingOptions, context: Context): Promise<void> {
  const ports = await createPorts(context, settingsOf(options));
  const glm = createGlm(ports);
  try {
    const { backend, reason } = await glm.probe(context.signal);
    const { kind, label, window, writesEdits } = backend;
    const report = options.json
      ? JSON.stringify({ kind, label, reason, window, writesEdits })
      : `${label}\n${reason}\n${l10n.t('Context window: {0} tokens', window)}`;
    process.stdout.write(`${report}\n`);
  } finally {
    glm.dispose();
    await ports.dispose();
  }
}
