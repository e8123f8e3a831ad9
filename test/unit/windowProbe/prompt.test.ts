import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Pack } from '../../../extension/core/pack.ts';
import type { Tokenizer } from '../../../extension/core/ports.ts';
import { realQuestions } from '../../../extension/core/windowProbe/definitions.ts';
import { haystackOf } from '../../../extension/core/windowProbe/haystack.ts';
import { type Material, writePrompt } from '../../../extension/core/windowProbe/prompt.ts';
import { askedTogether, type Question } from '../../../extension/core/windowProbe/question.ts';
import { createSeededRandom } from '../../../extension/core/windowProbe/seededRandom.ts';
import { assignedLiteral, literalOf, parametersOf } from '../../../extension/core/windowProbe/signature.ts';
import { createNodePacker } from '../../../extension/node/nodePacker.ts';
import { createTiktoken } from '../../../extension/node/tiktoken.ts';

const never = new AbortController().signal;
const depths = [10, 30, 50, 70, 90];

describe('the prompt of a window probe', () => {
  let tokenizer: Tokenizer;
  let pack: Pack;
  before(async () => {
    tokenizer = await createTiktoken(resolve('dist'));
    const packer = createNodePacker({ distribution: resolve('dist') }, tokenizer);
    // This repository is as real as any.
    pack = await packer.pack({ root: resolve('.'), budget: 120_000 }, never);
  });

  async function material(seed = 7, from = pack): Promise<Material> {
    const haystack = await haystackOf(from, createSeededRandom(seed), tokenizer, never);
    return { haystack, real: await realQuestions(haystack, never), depths, seed, encoding: 'cl100k_base' };
  }

  for (const fill of [2_000, 8_000, 32_000, 64_000]) {
    it(`has ${fill} tokens, by the exact count, and facts at their depths`, async () => {
      const prompt = await writePrompt(await material(), fill, tokenizer, never);
      const lists = [prompt.planted, prompt.real].map(askedTogether);
      const [rules = 0, text = 0, ...questions] = await tokenizer.count([prompt.rules, prompt.pack.text, ...lists]);
      assert.equal(prompt.tokens, rules + text + Math.max(...questions));
      assert.equal(prompt.pack.tokens, text);
      assert.ok(prompt.tokens <= fill && prompt.tokens > fill - 60, `${prompt.tokens} of ${fill}`);
      for (const { name, depth } of prompt.planted) {
        const [before = 0] = await tokenizer.count([prompt.pack.text.slice(0, prompt.pack.text.indexOf(name))]);
        const off = Math.abs(before - (text * depth) / 100);
        assert.ok(off <= Math.max(160, text * 0.015), `${name}: ${off} tokens from ${depth} %`);
      }
    });
  }

  it('asks what is true: each planted value and place is in the text, once', async () => {
    const { planted, pack: made } = await writePrompt(await material(), 16_000, tokenizer, never);
    assert.equal(planted.length, 2 * depths.length);
    const lines = made.text.split('\n');
    for (const { name, expected } of planted) {
      assert.equal(made.text.split(name).length, 2);
      const at = lines.findIndex((line) => line.includes(name));
      if (expected.type === 'number') assert.ok(lines[at]?.includes(String(expected.value)));
      else if (expected.type === 'place') {
        const heading = lines.findLastIndex((line, i) => i < at && line.startsWith('###PATH: '));
        assert.equal(lines[heading], `###PATH: ${expected.path}`);
        assert.equal(at - heading, expected.line);
      }
    }
  });

  it("asks about the repository's own definitions, near their depths", async () => {
    const { real, pack: made } = await writePrompt(await material(), 64_000, tokenizer, never);
    assert.equal(real.length, 2 * depths.length);
    assert.equal(new Set(real.map(({ name }) => name)).size, real.length);
    for (const { name, depth, expected } of real) {
      const declared = new RegExp(`^(?:export )?(?:default )?(?:async )?[a-z]+\\*? ${name}\\b|^def ${name}\\b`, 'm');
      const at = made.text.search(declared);
      assert.ok(at >= 0, `${name} is declared in the prompt`);
      assert.ok(Math.abs((100 * at) / made.text.length - depth) < 10, `${name} at ${depth} %`);
      if (expected.type === 'place') assert.ok(made.text.includes(`###PATH: ${expected.path}\n`));
    }
  });

  it('is the same for the same seed, and shares neither facts nor beginning with another', async () => {
    const made = async (seed: number, fill: number) => writePrompt(await material(seed), fill, tokenizer, never);
    const [one, again, other, larger] = [
      await made(7, 8_000),
      await made(7, 8_000),
      await made(8, 8_000),
      await made(7, 16_000),
    ];
    assert.deepEqual(one, again);
    const facts = ({ planted }: { planted: readonly Question[] }) => planted.map(({ name }) => name);
    for (const each of [other, larger]) {
      assert.notDeepEqual(facts(one), facts(each));
      // The mark is the second word.
      assert.notEqual(one.rules.split(' ')[1], each.rules.split(' ')[1]);
    }
  });

  it('plants in the language of the file, and in words where it has none', async () => {
    const filler = (line: string) => `${line}\n\n`.repeat(120);
    const lines: Readonly<Record<string, readonly [code: string, stated: RegExp]>> = {
      'a.py': ['print("some words to fill the file with")', /^[A-Z_]+ = \d{6}$/m],
      'a.go': ['var someValue = "some words to fill the file"', /^const [A-Z_]+ = \d{6}$/m],
      'a.rs': ['fn some_words() -> u32 { 1 + 2 + 3 + 4 + 5 }', /^pub const [A-Z_]+: u32 = \d{6};$/m],
      'a.java': ['class SomeWords { int value = 1 + 2 + 3; }', /^interface \w+ \{ int [A-Z_]+ = \d{6}; \}$/m],
      'a.cs': [
        'class SomeWords { int value = 1 + 2 + 3; }',
        /^static class \w+ \{ public const int [A-Z_]+ = \d{6}; \}$/m,
      ],
      'a.cpp': ['static int some_words = 1 + 2 + 3 + 4;', /^static const int [A-Z_]+ = \d{6};$/m],
      'a.sh': ['echo some words to fill the file with', /^[A-Z_]+=\d{6}$/m],
      'a.md': ['Some words to fill the file with.', /^[A-Z_]+ is \d{6}\.$/m],
    };
    for (const [path, [line, stated]] of Object.entries(lines)) {
      const text = `###PATH: ${path}\n${filler(line)}`;
      const single: Pack = {
        budget: 0,
        tokens: 0,
        encoding: '',
        files: [{ path, level: 'full', tokens: 0, ranges: [[1, 240]] }],
        omitted: [],
        text,
      };
      const prompt = await writePrompt(await material(7, single), 3_000, tokenizer, never);
      assert.match(prompt.pack.text, stated, path);
    }
  });
});

describe('signatures', () => {
  const parameters: readonly (readonly [path: string, head: string, names: readonly string[] | undefined])[] = [
    ['a.ts', 'export function f(price: Price, rate = 0.2): Price {', ['price', 'rate']],
    ['a.ts', 'async function f<T>(items: Map<string, T>, each: (item: T, at: number) => void) {', ['items', 'each']],
    ['a.ts', 'function f(\n  root: string,\n  ...rest: string[]\n): void {', ['root', 'rest']],
    ['a.ts', 'function f({ a, b }: Options, c: number) {', undefined],
    ['a.ts', 'function f(a: number /* of, many */, b: number) {', undefined],
    ['a.ts', 'function f(a?: string, b: () => void = () => {}) {', ['a', 'b']],
    ['a.py', 'def f(self, path, *, tries: int = 12, **rest) -> None:', ['path', 'tries', 'rest']],
    ['a.go', 'func f(ctx context.Context, a, b int) error {', ['ctx', 'a', 'b']],
    ['a.rs', 'pub fn f(&mut self, mut path: &Path, tries: u32) -> bool {', ['path', 'tries']],
    ['A.java', 'int f(int a, int b) {', undefined],
    ['a.ts', 'const f = pipe(a, b);', undefined],
    ['a.ts', 'function f() {', []],
    ['a.ts', 'function f(a: number', undefined],
  ];
  for (const [path, head, names] of parameters) {
    it(`are read in ${path}: ${head.replace(/\s+/g, ' ')}`, () => {
      assert.deepEqual(
        parametersOf(path, 'f', head)?.map(({ name }) => name),
        names,
      );
    });
  }

  it('give literals that can be checked, and leave out what could be guessed', () => {
    assert.deepEqual(literalOf('8_192'), { type: 'number', value: 8_192 });
    assert.deepEqual(literalOf('-0.25'), { type: 'number', value: -0.25 });
    assert.deepEqual(literalOf("'/v1/models'"), { type: 'text', value: '/v1/models' });
    for (const source of ['1', 'true', '0x10', '1 + 20', '`abc`', '"a$b"', "'ab'", 'other', "'a' + 'bcd'"])
      assert.equal(literalOf(source), undefined, source);
    assert.deepEqual(assignedLiteral('limit', 'export const limit: number = 8_192;'), { type: 'number', value: 8_192 });
    assert.deepEqual(assignedLiteral('LIMIT', 'LIMIT = 8192'), { type: 'number', value: 8_192 });
    assert.deepEqual(assignedLiteral('limit', 'limit := 77'), { type: 'number', value: 77 });
    assert.equal(assignedLiteral('limit', 'const limit = other(12);'), undefined);
    const [first] = parametersOf('a.ts', 'f', 'function f(tries = 12) {') ?? [];
    assert.deepEqual(first, { name: 'tries', literal: { type: 'number', value: 12 } });
  });
});
