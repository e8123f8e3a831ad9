import * as l10n from '@vscode/l10n';
import type { Refusal } from '../../core/conversation/edits/edit.ts';

/** Why an edit was refused, for the user. */
export function refusalText(reason: Refusal['reason']): string {
  switch (reason) {
    case 'not found':
      return l10n.t('the lines to replace are not in the file');
    case 'found more than once':
      return l10n.t('the lines to replace are in the file more than once');
    case 'file exists already':
      return l10n.t('the file exists already');
    case 'no such file':
      return l10n.t('there is no such file');
    case 'lines left out':
      return l10n.t('the model left lines out');
    case 'file too long to replace':
      return l10n.t('the file is too long to be written whole');
    case 'secret not shown':
      return l10n.t('it would write over a secret that the model was not shown');
    case 'cut off':
      return l10n.t('the answer was cut off inside an edit');
    case 'no path':
    case 'empty path':
      return l10n.t('the edit names no file');
    case 'absolute path':
    case 'path with a drive letter':
    case 'path with a backslash':
    case 'path outside of the folder':
      return l10n.t('not a file in this folder');
    case 'path of version control':
      return l10n.t('version control keeps this for itself');
    case 'no opening mark':
    case 'no divider':
    case 'more than one divider':
    case 'no end mark':
    case 'inside another block':
    case 'wrong mark':
      return l10n.t('the edit is not written as asked for');
  }
}
