import type { Restore } from '../../core/conversation/history/checkpoints.ts';
import { type Blobs, blobName } from './blobs.ts';
import type { Change, Edit } from './manifests.ts';

/** What each file was before a turn, by path; undefined where the turn has no edits. */
export function imagesBefore(edits: readonly Edit[], turn: string): Map<string, Change> | undefined {
  const first = edits.findIndex((edit) => edit.turn === turn);
  if (first < 0) return undefined;
  const images = new Map<string, Change>();
  for (const change of edits.slice(first).flatMap(({ files }) => files)) {
    if (!images.has(change.path)) images.set(change.path, change);
  }
  return images;
}

/** Plans to bring back every file that was touched at a turn or later, against what stands in it now. */
export async function planRestore(
  edits: readonly Edit[],
  turn: string,
  blobs: Blobs,
  readNow: (path: string) => Promise<Uint8Array | undefined>,
): Promise<Restore[]> {
  /** Whether a file's present content came from us, and can be come by again or was what we made last. */
  async function isOurs(path: string, present: string | null): Promise<boolean> {
    const changes = edits.flatMap(({ files }) => files).filter((change) => change.path === path);
    if (changes.at(-1)?.after === present) return true;
    return changes.some(({ before }) => before === present) && (present === null || (await blobs.has(present)));
  }

  async function restoreOf({ path, before: image, encoding }: Change): Promise<Restore> {
    const bytes = await readNow(path);
    const present = bytes ? blobName(bytes) : null;
    if (present === image) return { path, action: 'none' };
    const wanted = image === null ? undefined : await blobs.get(image);
    if (image !== null && !wanted) return { path, action: 'lost' };
    if (!(await isOurs(path, present))) return { path, action: 'conflict', wanted };
    if (!wanted) return { path, action: 'delete' };
    return { path, action: 'write', bytes: wanted, ...(encoding === undefined ? {} : { encoding }) };
  }

  const plan: Restore[] = [];
  const images = [...(imagesBefore(edits, turn) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, change] of images) plan.push(await restoreOf(change));
  return plan;
}
