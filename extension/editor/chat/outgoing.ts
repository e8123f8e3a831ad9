import * as vscode from 'vscode';
import { type Attachment, placeKey } from '../../core/conversation/attachments.ts';
import { promptFile, type SlashCommand, slashCommands, slashIn } from '../../core/conversation/slashCommands.ts';
import { uriIn } from '../place.ts';
import { type Chips, wholeOf } from './chips.ts';
import { collectContext } from './contextSources.ts';

/** The command of ours that a message begins with; undefined where it begins with none. */
export function commandIn(text: string): SlashCommand | undefined {
  const name = slashIn(text)?.name;
  return slashCommands.find((command) => command.name === name);
}

/** A prompt file of the user's that a message names; undefined where there is none of that name. */
async function promptFileFor(text: string, root: string | undefined): Promise<Attachment | undefined> {
  const name = slashIn(text)?.name;
  const uri = name === undefined || root === undefined ? undefined : await uriIn(root, promptFile(name));
  if (!uri) return undefined;
  try {
    return wholeOf(await vscode.workspace.openTextDocument(uri));
  } catch {
    return undefined;
  }
}

/** What a command takes along of the editor, where the user has chosen nothing. */
function takenBy(command: SlashCommand, chips: Chips, chosen: readonly Attachment[]): readonly Attachment[] {
  if (command.takes !== 'editor') return [];
  // Edits need the whole of a file, and not just what is selected of it.
  return command.kind === 'edit' || chosen.length === 0 ? chips.editor() : [];
}

/**
 * What goes along with a message: what was chosen, and what its command takes. Undefined where its command is about what is
 * staged, and nothing is: what was chosen stays chosen then.
 */
export async function attachmentsFor(
  text: string,
  root: string | undefined,
  chips: Chips,
): Promise<readonly Attachment[] | undefined> {
  const command = commandIn(text);
  const staged = command?.takes === 'staged' ? ((await collectContext('staged'))?.attachments ?? []) : undefined;
  if (staged?.length === 0) return undefined;
  const prompt = command ? undefined : await promptFileFor(text, root);
  const chosen = await chips.take();
  const own = command ? takenBy(command, chips, chosen) : [];
  const all = [...(prompt ? [prompt] : []), ...(staged ?? []), ...own, ...chosen];
  return [...new Map(all.map((each) => [`${each.root ?? ''} ${placeKey(each)}`, each])).values()];
}
