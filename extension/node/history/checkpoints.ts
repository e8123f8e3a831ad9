import { join } from 'node:path';
import type { Checkpoints, CheckpointTurn, FileChange } from '../../core/conversation/history/checkpoints.ts';
import { type Blobs, blobBytes, blobName, createBlobs } from './blobs.ts';
import { isId } from './chatFiles.ts';
import { createQueue } from './inTurn.ts';
import { type Change, createManifests, type Edit, isInside, type Manifests } from './manifests.ts';
import { imagesBefore, planRestore } from './restorePlan.ts';
import { stored } from './storeErrors.ts';

const bytesOf = (names: Iterable<string>): number => [...names].reduce((sum, name) => sum + blobBytes(name), 0);

/** Names of the blobs that edits can be taken back with. Of what a file became no more than the name is kept. */
const blobsOf = (edits: readonly Edit[]): string[] =>
  edits.flatMap(({ files }) => files.flatMap(({ before }) => before ?? []));

/** Milliseconds for which a blob may wait for its edit to be written down by another window. */
const grace = 60_000;

/** Drops the blobs of the oldest edits of all chats until the others have no more than so many bytes. */
async function prune(blobs: Blobs, manifests: Manifests, maxBytes: number): Promise<void> {
  const names = await blobs.names();
  if (bytesOf(names) <= maxBytes) return;
  const chats = (await manifests.chats()).sort();
  const edits = (await Promise.all(chats.map((chat) => manifests.read(chat)))).flat();
  const onDisk = new Set(names);
  const kept = new Set<string>();
  let total = 0;
  // Each chat's edits stand in their order, and sorting keeps it where times are equal.
  for (const edit of edits.toSorted((a, b) => a.at - b.at).reverse()) {
    const more = new Set(blobsOf([edit]).filter((name) => onDisk.has(name) && !kept.has(name)));
    total += bytesOf(more);
    if (total > maxBytes) break;
    for (const name of more) kept.add(name);
  }
  const known = new Set(blobsOf(edits));
  for (const name of names) {
    if (!kept.has(name) && (known.has(name) || (await blobs.age(name)) > grace)) await blobs.drop(name);
  }
}

/**
 * Keeps what files were before edits in a folder: their bytes once each under the name of their hash, and for each chat a file of
 * lines that names them. Keeps `maxBytes` bytes of files at the most; those of the oldest edits go first.
 */
export function createCheckpoints(folder: string, { maxBytes }: { readonly maxBytes: number }): Checkpoints {
  const blobs = createBlobs(join(folder, 'blobs'));
  const manifests = createManifests(folder);
  const inTurn = createQueue();

  async function record(chat: string, turn: string, files: readonly FileChange[]): Promise<boolean> {
    const images = new Map<string, Uint8Array>();
    const changes = files.map(({ path, before, after, encoding }): Change => {
      const names = { before: before ? blobName(before) : null, after: after ? blobName(after) : null };
      if (before && names.before !== null) images.set(names.before, before);
      return { path, ...names, ...(encoding === undefined ? {} : { encoding }) };
    });
    const fits = bytesOf(images.keys()) <= maxBytes;
    const keep = async () => {
      for (const [name, bytes] of fits ? images : []) await blobs.put(name, bytes);
    };
    await keep();
    await manifests.add(chat, { turn, at: Date.now(), files: changes });
    // Another window that made room meanwhile did not know that these are needed; from now on it does.
    await keep();
    // That there is too much is no reason not to edit; it is tried again next time.
    await prune(blobs, manifests, maxBytes).catch(() => {});
    return fits;
  }

  async function turns(chat: string): Promise<CheckpointTurn[]> {
    const edits = await manifests.read(chat);
    const kept = new Set(await blobs.names());
    const ids = [...new Set(edits.map(({ turn }) => turn))];
    return ids.map((turn) => {
      const own = edits.filter((edit) => edit.turn === turn);
      const paths = [...new Set(own.flatMap(({ files }) => files.map(({ path }) => path)))].sort();
      const images = [...(imagesBefore(edits, turn)?.values() ?? [])].map(({ before }) => before);
      return { turn, at: own[0]?.at ?? 0, paths, canRestore: images.every((name) => name === null || kept.has(name)) };
    });
  }

  async function remove(chat: string): Promise<void> {
    const own = blobsOf(await manifests.read(chat));
    await manifests.remove(chat);
    const others = await Promise.all((await manifests.chats()).map((other) => manifests.read(other)));
    const needed = new Set(blobsOf(others.flat()));
    for (const name of new Set(own)) if (!needed.has(name)) await blobs.drop(name);
  }

  return {
    async record(chat, turn, files) {
      const outside = files.find(({ path }) => !isInside(path));
      if (outside) throw new RangeError(`${outside.path} leads out of the folder`);
      if (!isId(chat)) throw new RangeError(`${chat} is no id of a chat`);
      return inTurn(() => stored(() => record(chat, turn, files)));
    },
    turns: (chat) => inTurn(() => turns(chat)),
    async restorePlan(chat, turn, readNow) {
      // What the caller reads may take as long as it likes.
      return planRestore(await inTurn(() => manifests.read(chat)), turn, blobs, readNow);
    },
    async copy(chat, to) {
      if (!isId(to)) throw new RangeError(`${to} is no id of a chat`);
      await inTurn(() =>
        stored(async () => {
          const edits = await manifests.read(chat);
          if (edits.length > 0) await manifests.add(to, ...edits);
        }),
      );
    },
    remove: (chat) => inTurn(() => stored(() => remove(chat))),
  };
}
