import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { History, HistoryOptions } from './history.ts';

/** A history that loads its code, from the bundle in `distribution`, when it is first asked: starting the editor needs none. */
export function createLazyHistory(distribution: string, options: HistoryOptions): History {
  let loading: Promise<History> | undefined;

  async function load(): Promise<History> {
    const file = pathToFileURL(join(distribution, 'history.js')).href;
    const { createHistory } = (await import(file)) as typeof import('./history.ts');
    return createHistory(options);
  }
  const loaded = (): Promise<History> => {
    loading ??= load();
    return loading;
  };
  const store = async () => (await loaded()).store;
  const checkpoints = async () => (await loaded()).checkpoints;

  return {
    store: {
      create: async (about) => (await store()).create(about),
      open: async (id) => (await store()).open(id),
      copy: async (id) => (await store()).copy(id),
      read: async (id) => (await store()).read(id),
      list: async () => (await store()).list(),
      search: async (words, most) => (await store()).search(words, most),
      rename: async (id, title) => (await store()).rename(id, title),
      remove: async (id) => (await store()).remove(id),
      exportMarkdown: async (id, labels) => (await store()).exportMarkdown(id, labels),
      async dispose() {
        await (await loading)?.store.dispose();
      },
    },
    checkpoints: {
      record: async (chat, turn, files) => (await checkpoints()).record(chat, turn, files),
      turns: async (chat) => (await checkpoints()).turns(chat),
      restorePlan: async (chat, turn, readNow) => (await checkpoints()).restorePlan(chat, turn, readNow),
      remove: async (chat) => (await checkpoints()).remove(chat),
    },
  };
}
