import * as l10n from '@vscode/l10n';
import type { Place } from './citation.ts';
import type { Finding } from './judge.ts';

/** Why a place is not what it is cited for, in the user's language: short, without a full stop, for behind the place. */
export const reasons = {
  outside: (): string => l10n.t('outside of the open folder'),
  noFile: (): string => l10n.t('there is no such file'),
  several: (count: number): string => l10n.t('there is no such file, but {0} others of that name', count),
  refused: (why: string): string => l10n.t('GLM Coder does not read this file: {0}', why),
};

/** Why a finding makes a place wrong. */
export function reasonOf(finding: Exclude<Finding, { status: 'there' | 'elsewhere' }>, place: Place): string {
  if (finding.status === 'no lines') {
    if (place.startLine < 1 || place.startLine > place.endLine) return l10n.t('there are no such lines');
    if (finding.count === 0) return l10n.t('the file is empty');
    return finding.count === 1
      ? l10n.t('the file has only 1 line')
      : l10n.t('the file has only {0} lines', finding.count);
  }
  const { kind, shown } = finding;
  if (kind === 'name') return l10n.t('{0} is not in this file', shown);
  if (kind === 'code') return l10n.t('the code shown is not in this file');
  return l10n.t('“{0}” is not in this file', shown.length > 60 ? `${shown.slice(0, 59)}…` : shown);
}

/** Where a place is by now, and why it is shown there. */
export const movedReason = (isOtherFile: boolean): string =>
  isOtherFile ? l10n.t('It is in another file than cited') : l10n.t('It is at other lines than cited');
