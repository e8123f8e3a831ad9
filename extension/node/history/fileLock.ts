import { randomUUID } from 'node:crypto';
import { constants, copyFile, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { codeOf } from './storeErrors.ts';
import { besides } from './wholeFile.ts';

/**
 * The right to write a file, which one window has at a time: a lock file, made only where there is none, that names its holder.
 * Why not a copy of the chat for every window that opens it: the history would fill with copies that were only looked at. Why a
 * heartbeat beside the process's id: ids are used again, and differ between the machines and containers that share a home.
 * A holder that slept through its heartbeats may have lost the lock unseen, and must look ({@link FileLock.isHeld}) before it writes.
 */
export interface FileLock {
  /** @throws an error of the file system where that cannot be told */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** Milliseconds between two signs of life, and those after which a holder that gave none is taken for dead. */
const heartbeat = 10_000;
const patience = 60_000;

/** Who holds a lock: nobody known where its name is not whole, undefined where there is no lock. */
async function holderOf(file: string): Promise<Partial<Holder> | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    // That it cannot be read just now says nothing about who holds it.
    throw error;
  }
  try {
    const holder: unknown = JSON.parse(text);
    return typeof holder === 'object' && holder !== null ? holder : {};
  } catch {
    // One that was killed, or is about to write its name: only time can tell.
    return {};
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Whether the holder of a lock is gone. */
async function isAbandoned(file: string, { pid, host }: Partial<Holder>): Promise<boolean> {
  if (host === hostname() && Number.isSafeInteger(pid) && !isAlive(Number(pid))) return true;
  try {
    return Date.now() - (await stat(file)).mtimeMs > patience;
  } catch {
    return true;
  }
}

/** Takes an abandoned lock away, unless someone else was faster and it is a new one by now. */
async function clear(file: string, token: string | undefined): Promise<void> {
  const aside = besides(file);
  try {
    await rename(file, aside);
    if ((await holderOf(aside))?.token !== token) await copyFile(aside, file, constants.COPYFILE_EXCL);
  } catch {
    // Another window has cleared it, or has made its own: whose it is shows when we try for it.
  } finally {
    await rm(aside, { force: true });
  }
}

/** Makes the lock file; false where there is one. */
async function claim(file: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Takes the lock; undefined where another holds it. @throws an error of the file system where it cannot be made. */
export async function takeLock(file: string): Promise<FileLock | undefined> {
  const mine: Holder = { pid: process.pid, host: hostname(), token: randomUUID() };
  if (!(await claim(file, mine))) {
    const other = await holderOf(file);
    if (other && !(await isAbandoned(file, other))) return undefined;
    if (other) await clear(file, other.token);
    if (!(await claim(file, mine))) return undefined;
  }
  const isHeld = async () => (await holderOf(file))?.token === mine.token;
  const beat = async () => {
    if (await isHeld()) await utimes(file, new Date(), new Date());
  };
  const timer = setInterval(() => void beat().catch(() => {}), heartbeat);
  timer.unref();
  return {
    isHeld,
    async release() {
      clearInterval(timer);
      if (await isHeld()) await rm(file, { force: true });
    },
  };
}
