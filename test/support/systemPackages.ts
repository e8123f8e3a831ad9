import { onPath, run } from './processes.ts';

let updated: Promise<string> | undefined;

/**
 * Installs Debian packages where this process may; says exactly what is missing where it may not.
 * @param why what they are needed for, for the message.
 */
export async function ensureSystemPackages(names: readonly string[], why: string): Promise<void> {
  const missing: string[] = [];
  for (const name of names) {
    const installed = await run('dpkg', ['-s', name]).then(
      (status) => status.includes('install ok installed'),
      () => false,
    );
    if (!installed) missing.push(name);
  }
  if (missing.length === 0) return;
  if (!onPath('apt-get') || process.getuid?.() !== 0) {
    throw new Error(
      `${why} needs: ${missing.join(' ')}. On Debian or Ubuntu: sudo apt-get install ${missing.join(' ')}`,
    );
  }
  console.log(`Installing ${missing.join(' ')} for ${why}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  updated ??= run('apt-get', ['update', '-qq'], { env });
  await updated;
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
}
