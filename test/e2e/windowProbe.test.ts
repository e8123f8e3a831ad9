import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { writeArticles } from '../support/articles.ts';
import { type Editor, startEditor } from '../support/editor.ts';
import { answersFrom } from '../support/forgetfulModel.ts';
import { type LocalStandin, startLocalStandin } from '../support/localStandin.ts';
import { codeShows, runCommand, visibleCode, webviewFrame } from '../support/workbench.ts';

/** Characters that the model remembers: about 20,000 tokens. */
const reach = 62_000;

describe('the window probe and Doctor in the editor', () => {
  let standin: LocalStandin;
  let editor: Editor;
  let pause: number | undefined;

  before(async () => {
    standin = await startLocalStandin([], (system, question) => ({
      text: answersFrom(system, question, reach),
      ...(pause === undefined ? {} : { pause }),
    }));
    editor = await startEditor({
      settings: {
        'glmCoder.backend': 'local',
        'glmCoder.local.url': standin.url,
        'glmCoder.inline.enabled': false,
      },
      prepare: (folder) => writeArticles(folder, 70),
    });
  });
  after(async () => {
    await editor?.dispose();
    await standin?.dispose();
  });

  async function shot(name: string): Promise<void> {
    const { SHOTS } = process.env;
    if (!SHOTS) return;
    await mkdir(SHOTS, { recursive: true });
    await editor.page.screenshot({ path: `${SHOTS}/${name}.png` });
  }

  async function openProbe(): Promise<Frame> {
    await runCommand(editor.page, 'GLM Coder: Probe Context Window');
    const frame = await webviewFrame(editor.page, 'h1:has-text("Context Window Probe")');
    await frame.getByRole('button', { name: /Start|Measure Again/ }).waitFor();
    return frame;
  }

  it('says first what it takes, and sends nothing before it is told to', async () => {
    const frame = await openProbe();
    // Of a model that we do not know, each of our tokens may be more than one of its own.
    for (const told of [
      'glm-standin at 127.0.0.1',
      '32,768 tokens',
      '8K, 16K, 29.3K',
      'Requests6',
      'none that is known',
    ])
      await frame.locator('.figures', { hasText: told }).waitFor();
    await shot('plan');
  });

  it('finds how far the model remembers, and draws it', async () => {
    const frame = await webviewFrame(editor.page, '.figures');
    await frame.getByRole('button', { name: 'Start' }).click();
    await frame
      .locator('.verdict', { hasText: 'Effective window: 16,000 of 32,768 tokens' })
      .waitFor({ timeout: 120_000 });
    assert.deepEqual(await frame.locator('.fills tbody th').allTextContents(), ['8,000', '16,000', '29,338']);
    assert.equal(await frame.locator('.chart').count(), 3);
    assert.equal(await frame.locator('.marked').count(), 1);
    // The model has forgotten what stands at the beginning of the longest prompt.
    assert.equal(await frame.locator('.grid tbody tr').first().locator('td').last().textContent(), '0 %');
    await shot('done');
  });

  it('sets the budget to it when the user agrees, and not before', async () => {
    const frame = await webviewFrame(editor.page, '.offer');
    assert.match((await frame.locator('.offer').textContent()) ?? '', /up to 128,000 tokens of repository now/);
    await frame.getByRole('button', { name: 'Use 16,000 Tokens' }).click();
    await frame.locator('.note', { hasText: 'up to 16,000 tokens' }).waitFor();
  });

  it('stops in the middle, closes the connection, and keeps what was measured', async () => {
    const frame = await webviewFrame(editor.page, '.figures');
    pause = 1_500;
    await frame.getByRole('button', { name: 'Measure Again' }).click();
    await frame.locator('[role=status]', { hasText: '25 % read' }).waitFor();
    await shot('running');
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await standin.abandoned();
    await frame.getByRole('button', { name: 'Measure Again' }).waitFor();
    // Nothing was measured this time, so that the last result stays.
    await frame.locator('.verdict', { hasText: '16,000' }).waitFor();
    pause = undefined;
  });

  it('remembers the result when it is closed and opened again', async () => {
    await runCommand(editor.page, 'View: Close Editor');
    const frame = await openProbe();
    await frame.locator('.verdict', { hasText: 'Effective window: 16,000' }).waitFor();
    await runCommand(editor.page, 'View: Close Editor');
  });

  it('shows in Doctor, which writes a report without names of folders and people', async () => {
    const { page, workspace } = editor;
    await runCommand(page, 'GLM Coder: Doctor');
    const doctor = await webviewFrame(page, 'h1:has-text("GLM Coder Doctor")');
    await doctor.locator('.lines', { hasText: 'llama.cpp at' }).waitFor();
    await doctor.locator('main', { hasText: /Requests\d+Tokens in[\d,]+From cache\d+ %/ }).waitFor();
    assert.equal(await doctor.locator('.chart').count(), 3);
    await shot('doctor');
    await doctor.getByRole('button', { name: 'Open the Report' }).click();
    await page.locator('.view-lines', { hasText: 'GLM Coder report' }).waitFor();
    await codeShows(page, /GLM Coder: \d+\.\d+/);
    await codeShows(page, /glmCoder\.context\.budget: 16000/);
    assert.equal((await visibleCode(page)).includes(workspace.folder), false);
    await runCommand(page, 'View: Close Editor');
  });
});
