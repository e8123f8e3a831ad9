import { access } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';

/** Speaks the language of the user's locale where there is a translation; English otherwise. */
export async function useLanguage(distribution: string): Promise<void> {
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  if (!locale.toLowerCase().startsWith('zh')) return;
  const bundle = join(distribution, '..', 'l10n', 'bundle.l10n.zh-cn.json');
  try {
    await access(bundle);
    l10n.config({ fsPath: bundle });
  } catch {
    // The command line works without its translations.
  }
}
