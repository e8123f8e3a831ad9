import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addedBehind } from '../../../extension/core/completion/place.ts';

describe('what an editor has put behind the cursor', () => {
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['', '', ''],
    ['', ')', ')'],
    ['\n', '\n}\n', '\n}'],
    ['\n}\n', '\n}\n}\n', '\n}'],
    ['\nnext();\n', ');\nnext();\n', ');'],
    ['\nnext();\n', '\n}\nnext();\n', '\n}'],
    ['\n', 'x\n', undefined],
    ['\nnext();\n', '\nnext(1);\n', undefined],
    ['\nnext();\n', '\nnext();\nmore();\n', undefined],
  ];
  for (const [earlier, now, expected] of rows)
    it(`${JSON.stringify(earlier)} → ${JSON.stringify(now)}`, () => assert.equal(addedBehind(earlier, now), expected));
});
