import * as vscode from 'vscode';

/** What is used of a repository as VS Code's own Git extension has it (its API, version 1). */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  /** The changes as a unified diff: those that are staged, or those that are not. */
  diff(isStaged?: boolean): Promise<string>;
}

interface GitApi {
  readonly repositories: readonly GitRepository[];
}

/** The repositories that are open; none where Git is turned off. */
export async function gitRepositories(): Promise<readonly GitRepository[]> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  if (!extension) return [];
  try {
    const git = extension.isActive ? extension.exports : await extension.activate();
    return git.getAPI(1).repositories;
  } catch {
    // It throws where the user has turned Git off.
    return [];
  }
}

/** The repository that a folder is in; the innermost where there are several. */
export async function repositoryOf(root: string): Promise<GitRepository | undefined> {
  const around = (await gitRepositories()).filter(
    ({ rootUri }) => root === rootUri.fsPath || `${root}/`.startsWith(`${rootUri.fsPath}/`),
  );
  return around.toSorted((a, b) => b.rootUri.fsPath.length - a.rootUri.fsPath.length)[0];
}
