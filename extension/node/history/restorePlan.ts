import type { Restore } from '../../core/conversation/history/checkpoints.ts';
import { type Blobs, blobName } from './blobs.ts';
import type { Edit } from './manifests.ts';

/** What each file was before a turn, by path; undefined where the turn has no edits. */
export function imagesBefore(edits: readonly Edit[], turn: string): Map<string, string | null> | undefined {
  const first = edits.findIndex((edit) => edit.turn === turn);
  if (first < 0) return undefined;
  const images = new Map<string, string | null>();
  for (const { path, before } of edits.slice(first).flatMap(({ files }) => files)) {
    if (!images.has(path)) images.set(path, before);
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

  async function restoreOf(path: string, image: string | null): Promise<Restore> {
    const bytes = await readNow(path);
    const present = bytes ? blobName(bytes) : null;
    if (present === image) return { path, action: 'none' };
    const wanted = image === null ? undefined : await blobs.get(image);
    if (image !== null && !wanted) return { path, action: 'lost' };
    if (!(await isOurs(path, present))) return { path, action: 'conflict', wanted };
    return wanted ? { path, action: 'write', bytes: wanted } : { path, action: 'delete' };
  }

  const plan: Restore[] = [];
  const images = [...(imagesBefore(edits, turn) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [path, image] of images) plan.push(await restoreOf(path, image));
  return plan;
}
