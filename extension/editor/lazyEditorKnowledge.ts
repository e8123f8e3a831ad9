import type { EditorKnowledge } from '../core/ports.ts';

const loaded = async (): Promise<EditorKnowledge> => (await import('./editorKnowledge.ts')).editorKnowledge;

/** What tools may ask the editor for; its code is loaded when the first one does. */
export const lazyEditorKnowledge: EditorKnowledge = {
  problems: async (root, path) => (await loaded()).problems(root, path),
  declarations: async (root, path, signal) => (await loaded()).declarations(root, path, signal),
};
