import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { ChatState, HostMessage, PageMessage, TurnView } from '../../../extension/protocol/chat.ts';
import { type Theme, themeSheet } from './themes.ts';

const origin = 'http://page.test';

/** A page in a browser of its own, with the test as its host. */
export interface HostedPage<FromHost, FromPage> {
  readonly page: Page;
  /** What the page asked for beside its own files. */
  readonly requests: readonly string[];
  /** Errors that nobody caught. */
  readonly errors: readonly string[];
  /** Sends a message, and waits until it is drawn. */
  say(...messages: readonly FromHost[]): Promise<void>;
  /** What the page has said since the last call. */
  heard(): Promise<FromPage[]>;
  close(): Promise<void>;
}

/** The page of the sidebar. */
export interface ChatPage extends HostedPage<HostMessage, PageMessage> {
  show(turns: readonly TurnView[], more?: Partial<ChatState>): Promise<void>;
}

/** How the page is opened. */
export interface PageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly forcedColors?: 'active' | 'none';
  /** The bundle of the page; the sidebar's unless given. */
  readonly bundle?: string;
}

/** The content policy is that of the extension, with an origin in the place of VS Code's. */
const html = (bundle: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${origin}; style-src ${origin}; font-src ${origin}">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/codicon.css">
<link rel="stylesheet" href="/${bundle}.css">
<title>GLM Coder</title>
</head>
<body><div id="app"></div><script src="/${bundle}.js"></script></body>
</html>`;

const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

/** Opens what `npm run build` made of the sidebar's page. */
export async function openChatPage(browser: Browser, options: PageOptions = {}): Promise<ChatPage> {
  const hosted = await openPage<HostMessage, PageMessage>(browser, options.bundle ?? 'webview', options);
  return {
    ...hosted,
    show: (turns, more) =>
      hosted.say({
        type: 'state',
        state: { kind: 'chat', turns, chips: [], backend: { label: 'glm-4.7' }, busy: false, ...more },
        l10n: {},
      }),
  };
}

/** Opens what `npm run build` made of a page, by the name of its bundle. */
export async function openPage<FromHost, FromPage>(
  browser: Browser,
  bundle: string,
  options: PageOptions = {},
): Promise<HostedPage<FromHost, FromPage>> {
  const { theme = 'dark', width = 340, height = 800, forcedColors = 'none' } = options;
  const context = await browser.newContext({ viewport: { width, height }, forcedColors });
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const file = /^\/([a-z]+\.(\w+))(?:\?.*)?$/.exec(url.pathname);
    if (url.origin === origin && url.pathname === '/')
      return route.fulfill({ contentType: 'text/html', body: html(bundle) });
    if (url.origin === origin && url.pathname === '/theme.css')
      return route.fulfill({ contentType: 'text/css', body: themeSheet(theme) });
    const [, name, ending = ''] = file ?? [];
    if (url.origin === origin && name && types[ending])
      return route.fulfill({ contentType: types[ending], body: await readFile(join('dist', name)) });
    requests.push(url.href);
    return route.abort();
  });
  await page.addInitScript(() => {
    const host = { heard: [] as unknown[], state: undefined as unknown };
    Object.assign(globalThis, {
      host,
      acquireVsCodeApi: () => ({
        postMessage: (message: unknown) => void host.heard.push(message),
        getState: () => host.state,
        setState(state: unknown) {
          host.state = state;
        },
      }),
    });
  });
  await page.goto(`${origin}/`);

  const say = (...messages: readonly FromHost[]) =>
    page.evaluate(
      async (all) => {
        for (const data of all) window.dispatchEvent(new MessageEvent('message', { data }));
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      },
      messages as readonly unknown[],
    );
  return {
    page,
    requests,
    errors,
    say,
    heard: () => page.evaluate(() => (globalThis as unknown as { host: { heard: FromPage[] } }).host.heard.splice(0)),
    close: () => context.close(),
  };
}
