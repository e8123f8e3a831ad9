import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { placeOf } from '../place.ts';
import type { SteeringStore } from '../steering.ts';

/**
 * Pins, excludes or resets what is selected in the Explorer; from the palette, the file of the active editor.
 * @param argument what was clicked, and `selection` all that is selected with it
 */
export function steerContext(
  steering: SteeringStore,
  how: 'pin' | 'exclude' | 'reset',
  argument: unknown,
  selection: unknown,
): void {
  const selected = Array.isArray(selection) && selection.length > 0 ? selection : [argument];
  const clicked = selected.filter((each) => each instanceof vscode.Uri);
  const active = vscode.window.activeTextEditor?.document.uri;
  const uris = clicked.length > 0 ? clicked : active ? [active] : [];
  const places = uris.flatMap((uri) => {
    const { root, path } = placeOf(uri);
    // The folder of the workspace itself has no path in it.
    return root === undefined || root === uri.fsPath ? [] : [{ root, path }];
  });
  if (places.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('Open or select a file of the workspace first.'));
    return;
  }
  for (const { root, path } of places) steering[how](root, path);
}
