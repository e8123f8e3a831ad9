import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelChoice } from '../../core/backend/modelList.ts';
import type { Glm } from '../../core/glm.ts';
import { signalOf } from '../cancellation.ts';
import { readSettings, chooseModel as setModel } from '../settings.ts';

function detailOf({ window, price, answersAtOnce }: ModelChoice): string {
  const parts = [l10n.t('{0} tokens', window.toLocaleString())];
  if (price?.input === 0 && price.output === 0) parts.push(l10n.t('free'));
  else if (price) parts.push(l10n.t('{0} in, {1} out for a million tokens', `$${price.input}`, `$${price.output}`));
  if (!answersAtOnce) parts.push(l10n.t('always thinks first: slow for completions'));
  return parts.join(' · ');
}

/** "Choose Model": what answers, or completes, among the models that the server lists. */
export async function chooseModel(glm: Glm): Promise<void> {
  const { models, isHosted } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: l10n.t('Asking for the models…'), cancellable: true },
    async (_, token) => {
      const signal = signalOf(token);
      const { backend } = await glm.probe(signal);
      return { models: await glm.models(signal), isHosted: backend.kind === 'hosted' };
    },
  );
  if (models.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t('The repository matcher has no models. Connect a server or a key first.'),
    );
    return;
  }
  const { hosted, local } = readSettings();
  const uses = [
    { label: l10n.t('For chat and questions'), setting: 'hosted.chatModel', now: hosted.chatModel },
    { label: l10n.t('For completions'), setting: 'hosted.completionModel', now: hosted.completionModel },
  ] as const;
  const title = l10n.t('Choose Model');
  const use = isHosted
    ? await vscode.window.showQuickPick(
        uses.map((each) => ({ ...each, description: each.now })),
        { title },
      )
    : { setting: 'local.model' as const, now: local.model };
  if (!use) return;
  const items = models.map((model) => ({
    label: model.id,
    detail: detailOf(model),
    ...(model.id === use.now ? { description: l10n.t('in use') } : {}),
  }));
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  if (picked) await setModel(use.setting, picked.label);
}
