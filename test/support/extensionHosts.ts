import { readdir, readFile } from 'node:fs/promises';

/** One process of this machine. */
interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The processes of this machine, as Linux tells them. */
async function processes(): Promise<Process[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    ids.map(async (id): Promise<Process[]> => {
      try {
        const stat = await readFile(`/proc/${id}/stat`, 'utf8');
        const command = (await readFile(`/proc/${id}/cmdline`, 'utf8')).replaceAll('\0', ' ');
        // Behind the name, which may hold anything, stand the state and the parent.
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [{ pid: Number(id), parent: Number(parent), command }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    }),
  );
  return all.flat();
}

/** The extension hosts that come from a process. */
export async function extensionHostsOf(ancestor: number): Promise<number[]> {
  const all = await processes();
  const ours = new Set([ancestor]);
  for (let grown = true; grown; ) {
    const more = all.filter(({ pid, parent }) => ours.has(parent) && !ours.has(pid));
    for (const { pid } of more) ours.add(pid);
    grown = more.length > 0;
  }
  return all
    .filter(({ pid, command }) => ours.has(pid) && command.includes('--type=extensionHost'))
    .map(({ pid }) => pid);
}
