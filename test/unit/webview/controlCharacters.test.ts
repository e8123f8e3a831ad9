import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { showControls } from '../../../webview/controlCharacters.ts';

describe('marks that reorder text', () => {
  it('are spelt out', () => {
    assert.equal(showControls('a\u202Egnp.exe\u202C \u2066x\u2069'), 'a[U+202E]gnp.exe[U+202C] [U+2066]x[U+2069]');
  });

  it('are all that changes: other scripts, emoji and joiners stay', () => {
    const text = 'שלום مرحبا 税 👩\u200D💻 \u200F\u200E';
    assert.equal(showControls(text), text);
  });
});
