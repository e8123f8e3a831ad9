import type * as vscode from 'vscode';
import type { Memory } from '../core/ports.ts';

/** Keeps small things in VS Code's own storage; nothing of it leaves the machine, nor is it synchronised. */
export function createMemory(state: vscode.Memento): Memory {
  return {
    get: (name) => state.get(name),
    set(name, value) {
      void state.update(name, value);
    },
  };
}
