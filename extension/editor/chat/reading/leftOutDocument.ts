import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LeftOut } from '../../../core/pack.ts';
import type { LeftOutView } from '../../../protocol/reading.ts';
import { createReadOnlyDocument } from '../../readOnlyDocument.ts';

/** Files left out, with their paths as text or as a list. */
export type Groups = readonly (LeftOut | LeftOutView)[];

/** Shows every file that was left out of an answer, with the reasons, in a document that can be searched. */
export interface LeftOutDocument extends vscode.Disposable {
  show(groups: Groups): Promise<void>;
}

const address = vscode.Uri.from({ scheme: 'glm-coder-left-out', path: 'Files Left Out.txt' });

function written(groups: Groups): string {
  const sections = groups.map(({ reason, count, paths }) => {
    const list = typeof paths === 'string' ? paths : paths.join('\n');
    const unnamed = count - list.split('\n').length;
    const more = unnamed > 0 ? [l10n.t('… and {0} more', unnamed.toLocaleString())] : [];
    return [`${reason} (${count.toLocaleString()})`, '', list, ...more, ''].join('\n');
  });
  return sections.join('\n');
}

/** Registers the document; it is read-only. */
export function createLeftOutDocument(): LeftOutDocument {
  const document = createReadOnlyDocument(address);
  return {
    async show(groups) {
      document.set(written(groups));
      await document.open();
    },
    dispose: () => document.dispose(),
  };
}
