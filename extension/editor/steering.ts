import * as vscode from 'vscode';
import { isSteering, withExclusion, withLevel, withoutRules, withPin } from '../core/context/steeringChanges.ts';
import type { Level, Steering } from '../core/pack.ts';
import type { Memory } from '../core/ports.ts';

/** What the user decides about the packs of this workspace's folders; kept with the workspace. Paths are relative to the folder. */
export interface SteeringStore extends vscode.Disposable {
  /** Undefined where nothing is decided. */
  get(root: string): Steering | undefined;
  /** Has a file, or all below a folder, in every pack, whole unless a level is given. */
  pin(root: string, path: string, level?: Level): void;
  /** Keeps a file, or all below a folder, out of every pack. */
  exclude(root: string, path: string): void;
  /** Sets how much of a file there is wherever it gets in. */
  setLevel(root: string, path: string, level: Level): void;
  /** Forgets what was decided of a file, or of a folder and all below it; the empty path stands for everything. */
  reset(root: string, path: string): void;
  /** Told the folder of every change. */
  readonly onChange: vscode.Event<string>;
}

/** Under which name it is kept: by the absolute path of each folder. */
const key = 'steering';

/** Creates the store on a workspace's memory. */
export function createSteering(memory: Memory): SteeringStore {
  const kept = memory.get(key);
  const folders = new Map<string, Steering>(
    Object.entries(typeof kept === 'object' && kept !== null ? kept : {}).filter(([, steering]) =>
      isSteering(steering),
    ),
  );
  const changed = new vscode.EventEmitter<string>();

  function set(root: string, steering: Steering | undefined): void {
    if (JSON.stringify(steering) === JSON.stringify(folders.get(root))) return;
    if (steering) folders.set(root, steering);
    else folders.delete(root);
    memory.set(key, Object.fromEntries(folders));
    changed.fire(root);
  }

  return {
    get: (root) => folders.get(root),
    pin: (root, path, level) => set(root, withPin(folders.get(root), path, level)),
    exclude: (root, path) => set(root, withExclusion(folders.get(root), path)),
    setLevel: (root, path, level) => set(root, withLevel(folders.get(root), path, level)),
    reset: (root, path) => set(root, withoutRules(folders.get(root), path)),
    onChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
