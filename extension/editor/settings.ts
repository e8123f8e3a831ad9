import * as vscode from 'vscode';
import {
  type BackendChoice,
  defaultSettings,
  type HostedEndpoint,
  hostedEndpoints,
  type Settings,
} from '../core/settings.ts';

const section = 'glmCoder';

/** Reads VS Code's settings into the core's; the only place that does. */
export function readSettings(): Settings {
  const from = vscode.workspace.getConfiguration(section);
  const endpoint = from.get<HostedEndpoint>('hosted.endpoint', 'bigmodel');
  const ownUrl = withoutSlash(from.get('hosted.url', ''));
  return {
    backend: from.get<BackendChoice>('backend', defaultSettings.backend),
    failover: from.get('failover', defaultSettings.failover),
    hosted: {
      spendingLimit: from.get('hosted.spendingLimit', defaultSettings.hosted.spendingLimit),
      acceptsPlanTerms: from.get('hosted.acceptCodingPlanTerms', defaultSettings.hosted.acceptsPlanTerms),
      url: ownUrl || hostedEndpoints[endpoint] || defaultSettings.hosted.url,
      chatModel: from.get('hosted.chatModel', '') || defaultSettings.hosted.chatModel,
      completionModel: from.get('hosted.completionModel', '') || defaultSettings.hosted.completionModel,
    },
    local: {
      url: withoutSlash(from.get('local.url', '')).replace(/\/v1$/, ''),
      model: from.get('local.model', '').trim(),
      window: from.get('local.window', defaultSettings.local.window),
    },
    inline: {
      debounce: from.get('inline.debounce', defaultSettings.inline.debounce),
      maxTokens: from.get('inline.maxTokens', defaultSettings.inline.maxTokens),
      contextTokens: from.get('inline.contextTokens', defaultSettings.inline.contextTokens),
    },
    chat: {
      thinking: from.get('chat.thinking', defaultSettings.chat.thinking),
      tools: from.get('chat.tools', defaultSettings.chat.tools),
    },
    context: { budget: from.get('context.budget', defaultSettings.context.budget) },
  };
}

const withoutSlash = (url: string): string => url.trim().replace(/\/+$/, '');

/** Files of a plan up to which its edits are written without asking. */
export const plannedAtOnce = (): number => vscode.workspace.getConfiguration(section).get('chat.planFiles', 3);

/** Whether inline completions are on for a document, or where there is none, at all. */
export function inlineEnabled(document?: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration(section, document).get('inline.enabled', true);
}

/** Turns inline completions on or off for all languages, and returns what they now are. */
export async function toggleInline(): Promise<boolean> {
  const from = vscode.workspace.getConfiguration(section);
  const enabled = !from.get('inline.enabled', true);
  await from.update('inline.enabled', enabled, vscode.ConfigurationTarget.Global);
  return enabled;
}

/** Turns inline completions on or off for a document's language. */
export async function toggleInlineFor(document: vscode.TextDocument | undefined): Promise<void> {
  if (!document) return;
  const from = vscode.workspace.getConfiguration(section, { languageId: document.languageId });
  await from.update('inline.enabled', !inlineEnabled(document), vscode.ConfigurationTarget.Global, true);
}

/** Sets the model that answers, or completes, for the kind of backend in use. */
export async function chooseModel(
  setting: 'hosted.chatModel' | 'hosted.completionModel' | 'local.model',
  id: string,
): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(setting, id, vscode.ConfigurationTarget.Global);
}

/** Sets the backend for this machine. */
export async function chooseBackend(choice: BackendChoice): Promise<void> {
  await vscode.workspace.getConfiguration(section).update('backend', choice, vscode.ConfigurationTarget.Global);
}

/** Tokens that `glmCoder.context.budget` can be set to, as `package.json` says. */
const budgets = { least: 500, most: 1_000_000 };

/** Sets the budget for questions, in tokens, where it is set now: for the workspace, or for the user. */
export async function setContextBudget(tokens: number): Promise<void> {
  const from = vscode.workspace.getConfiguration(section);
  const isOfWorkspace = from.inspect('context.budget')?.workspaceValue !== undefined;
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const budget = Math.min(budgets.most, Math.max(budgets.least, tokens));
  await from.update('context.budget', budget, isOfWorkspace ? Workspace : Global);
}

/** Calls back when the budget for questions was changed. */
export function onContextBudget(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.context.budget`)) changed();
  });
}

/** Every setting that the manifest declares, with its value here; keys are none of them. */
export function allSettings(extension: vscode.Extension<unknown>): Record<string, unknown> {
  const { contributes } = extension.packageJSON as {
    contributes: { configuration: readonly { readonly properties: object }[] };
  };
  const names = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  const all = vscode.workspace.getConfiguration();
  return Object.fromEntries(names.map((name) => [name, all.get(name)]));
}

/** Calls back when a setting that decides the backend or its context has changed. */
export function onBackendSettings(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    const areas = ['backend', 'failover', 'hosted', 'local', 'context', 'inline.contextTokens', 'inline.maxTokens'];
    if (areas.some((area) => event.affectsConfiguration(`${section}.${area}`))) changed();
  });
}

/** Calls back when tools were turned on or off. */
export function onToolsSetting(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.chat.tools`)) changed();
  });
}

/** Lets models use tools or not: in the workspace where that has a say of its own, else everywhere. */
export async function setTools(isOn: boolean): Promise<void> {
  const from = vscode.workspace.getConfiguration(section);
  const isOwn = from.inspect('chat.tools')?.workspaceValue !== undefined;
  const target = isOwn ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await from.update('chat.tools', isOn, target);
}

/** Calls back when inline completions were turned on or off. */
export function onInlineEnabled(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.inline.enabled`)) changed();
  });
}

/** The patterns that `files.exclude` turns on, in the form of ignore files. */
export function excludedPatterns(): string[] {
  const patterns = vscode.workspace.getConfiguration('files').get<Record<string, unknown>>('exclude', {});
  return Object.keys(patterns).filter((pattern) => patterns[pattern] === true);
}
