import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Spent } from '../core/backend/backend.ts';
import { readSettings } from './settings.ts';

/** The share of the limit at which the user is warned. */
const warnAt = 0.8;

/** Warns once when most of the session's spending limit is used; call it after every request. */
export function createSpendingWatch(): (spent: Spent) => void {
  let warnedFor = 0;
  return ({ cost }) => {
    const { spendingLimit } = readSettings().hosted;
    if (spendingLimit <= 0 || cost < spendingLimit * warnAt || warnedFor === spendingLimit) return;
    warnedFor = spendingLimit;
    const change = l10n.t('Change Limit');
    const warning = l10n.t(
      'GLM Coder has spent {0} of the {1} that this session may cost.',
      `$${cost.toFixed(2)}`,
      `$${spendingLimit.toFixed(2)}`,
    );
    void vscode.window.showWarningMessage(warning, change).then((picked) => {
      if (picked) void vscode.commands.executeCommand('workbench.action.openSettings', 'glmCoder.hosted.spendingLimit');
    });
  };
}
