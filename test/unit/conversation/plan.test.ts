import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { packBudget } from '../../../extension/core/conversation/packBudget.ts';
import { batches, besidePlan, editRoom } from '../../../extension/core/conversation/plan/batches.ts';
import { needsPlan } from '../../../extension/core/conversation/plan/needsPlan.ts';
import { parsePlan } from '../../../extension/core/conversation/plan/parsePlan.ts';
import { editRequest, planRequest } from '../../../extension/core/conversation/plan/planFormat.ts';

describe('a plan', () => {
  it('is read in the form that is asked for', () => {
    const plan = parsePlan(`I move it.

FILES
- src/a.ts: call the new name
- src/new.ts (new): the moved code
- src/old.ts (delete): nothing is left in it
- src/b.ts -> src/c.ts: renamed: follows the name
- Makefile: build it

RISKS
- callers outside
`);
    assert.deepEqual(plan, {
      summary: 'I move it.',
      files: [
        { path: 'src/a.ts', kind: 'change', what: 'call the new name' },
        { path: 'src/new.ts', kind: 'make', what: 'the moved code' },
        { path: 'src/old.ts', kind: 'delete', what: 'nothing is left in it' },
        { path: 'src/b.ts', kind: 'rename', to: 'src/c.ts', what: 'renamed: follows the name' },
        { path: 'Makefile', kind: 'change', what: 'build it' },
      ],
      risks: ['callers outside'],
    });
  });

  it('is read in what models make of that form', () => {
    const forms = [
      '## Files\n\n1. `src/a.ts` — call it\n2. **src/new.ts** (new file): code\n\n## Risks\n\n* none',
      '**FILES:**\n* `src/a.ts`: call it\n* `src/new.ts` (新建)：code\n\n**风险**\n- 无',
      'Files:\n- [ ] ./src/a.ts - call it\n- [x] src/new.ts (NEW): code\nRISKS\n- None.',
      '```\nFILES\n- src/a.ts: call it\n- src/new.ts (create): code\n- src/a.ts: twice\n```',
      '文件\n- src/a.ts：call it\n- src/new.ts（新）：code\n\n# Notes\n- src/c.ts: no file of the plan',
      'I change two files.\r\n\r\n- src/a.ts: call it\r\n- src/new.ts (new): code\r\n',
    ];
    for (const form of forms) {
      const plan = parsePlan(form);
      assert.deepEqual(
        plan?.files,
        [
          { path: 'src/a.ts', kind: 'change', what: 'call it' },
          { path: 'src/new.ts', kind: 'make', what: 'code' },
        ],
        form,
      );
      assert.deepEqual(plan?.risks, [], form);
    }
  });

  it('names no file outside of the folder, and is none without a file', () => {
    assert.deepEqual(
      parsePlan(
        'FILES\n- ../a.ts: x\n- /etc/passwd: x\n- C:\\a.ts: x\n- a/../../b.ts: x\n- ok.ts -> ../b.ts: x\n- ok.ts: y',
      )?.files,
      [{ path: 'ok.ts', kind: 'change', what: 'y' }],
    );
    for (const text of [
      '',
      'Nothing has to change.',
      '- first do this\n- then that',
      'FILES\n\nRISKS\n- a.ts: x',
      planRequest.slice(0, 60),
    ])
      assert.equal(parsePlan(text), undefined, text);
  });

  it('is asked for in a form that it is read in', () => {
    assert.deepEqual(
      parsePlan(planRequest)?.files.map(({ kind }) => kind),
      ['change', 'make', 'delete', 'rename'],
    );
  });

  it('is made where the files to edit are not attached, or the user means all', () => {
    const first = { text: 'Rename a to b', attachments: 0, isFirst: true, wasPlanned: false };
    assert.equal(needsPlan(first), true);
    assert.equal(needsPlan({ ...first, attachments: 1 }), false);
    assert.equal(needsPlan({ ...first, isFirst: false }), false, 'goes on with what was attached');
    assert.equal(needsPlan({ ...first, isFirst: false, wasPlanned: true }), true);
    assert.equal(needsPlan({ ...first, isFirst: false, wasPlanned: true, attachments: 2 }), false);
    const all = [
      '/plan it',
      'Rename a across the whole repository',
      'rename it everywhere',
      'in all files',
      '在整个仓库中重命名',
      '把所有文件里的 a 改成 b',
    ];
    for (const text of all) assert.equal(needsPlan({ ...first, text, attachments: 1 }), true, text);
    for (const text of [
      '/refactor it',
      'Explain all the steps',
      'make it simpler',
      '/planned',
      'keep the style of the project',
    ])
      assert.equal(needsPlan({ ...first, text, attachments: 1 }), false, text);
  });
});

describe('requests for edits', () => {
  it('have so many files each as fit, in their order', () => {
    const target = (path: string, tokens: number) => ({ path, tokens });
    const all = [target('a', 10_000), target('b', 14_000), target('c', 2_000), target('d', 30_000), target('e', 0)];
    assert.deepEqual(
      batches(all, 25_000).map((batch) => batch.map(({ path }) => path).join('')),
      ['ab', 'c', 'd', 'e'],
    );
    assert.deepEqual(batches([], 25_000), []);
  });

  it('have room behind the pack in every window', () => {
    assert.equal(editRoom(131_072), 25_000);
    for (const window of [4_096, 16_384, 32_768, 131_072, 1_000_000]) {
      const answer = Math.min(8_192, Math.floor(window / 4));
      const pack = packBudget(128_000, window, 8_192, 0, besidePlan(window));
      assert.ok(pack >= 0 && pack + besidePlan(window) + answer <= window + 1, `${window}: ${pack}`);
      assert.ok(editRoom(window) <= besidePlan(window));
    }
  });

  it('say what was changed in the plan, and what comes later', () => {
    const request = editRequest({ paths: ['a.ts'], leftOut: ['b.ts'], added: ['c.ts'], written: 'x', later: ['d.ts'] });
    for (const words of [
      /written before.*\n\nx/s,
      /out of the plan.*- b\.ts/s,
      /added.*- c\.ts/s,
      /later.*- d\.ts/s,
      /- a\.ts$/,
    ])
      assert.match(request, words);
    const plain = editRequest({ paths: ['a.ts'], leftOut: [], added: [], written: '', later: [] });
    assert.doesNotMatch(plain, /plan|later|before/);
  });
});
