import { type Browser, chromium } from 'playwright-core';
import { onPath } from './processes.ts';
import { ensureSystemPackages } from './systemPackages.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Finds a Chromium, or installs Debian's. */
export async function findChromium(): Promise<string> {
  const found = onPath(...names);
  if (found) return found;
  await ensureSystemPackages(['chromium'], 'Driving VS Code in a browser');
  const installed = onPath(...names);
  if (!installed) throw new Error('Chromium was installed but is not on PATH.');
  return installed;
}

/** Starts a headless Chromium that looks nothing up on the network. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
