import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { createTreeSitter } from '../../../extension/node/treeSitter.ts';
import { outlineLines } from '../../support/outlineLines.ts';

const parser = createTreeSitter(resolve('node_modules/@vscode/tree-sitter-wasm/wasm'));
after(() => parser.dispose());

describe('outlines of TypeScript and JavaScript', () => {
  it('reads TypeScript', async () => {
    const source = `import { Injectable } from './di';

/** A shop's prices. */
@Injectable({
  scope: 'request',
})
export abstract class PriceList<T extends Item> extends Base implements Iterable<T> {
  static readonly #instances = new Map<string, number>();
  currency: Currency = 'CNY';
  readonly onChange = (listener: Listener): void => {
    this.listeners.push(listener);
  };

  constructor(
    private readonly tax: TaxTable,
    @Inject('clock') public clock: Clock,
    rounding = 2,
  ) {
    super();
    const local = rounding;
  }

  get total(): number {
    return 0;
  }
  set total(value: number) {
    this.reset(value);
  }

  /** Adds one. */
  @logged('add')
  // the slow way
  async add(
    item: T,
    amount = 1,
  ): Promise<void> {
    function inner(): void {}
    const helper = () => inner();
  }

  protected abstract rounded(price: number): number;
  *[Symbol.iterator](): Iterator<T> {}
  [key: string]: unknown;
}

export interface Item extends Named {
  readonly price: number;
  discount?(rate: number): number;
  [extra: string]: unknown;
}

type Currency = 'CNY' | 'EUR';
export type Receipt = Item & {
  at: Date;
  lines(): string[];
};

export const enum Level {
  Low = 1,
  High,
  'very high',
}

export function format(price: number): string;
export function format(price: string): string;
export function format(price: number | string): string
{
  const text = String(price);
  return text;
}

export const parse = async (
  text: string,
): Promise<number> => {
  const digits = text.replace(/\\D/g, '');
  return Number(digits);
};
const double = (n: number) =>
  n * 2;

export const limits = { low: 1, high: 2 } as const;
export const api = {
  url: '/prices',
  async get(id: string) {
    return fetch(id);
  },
  list: () => [],
  'by-name': function (name: string) {
    return name;
  },
  nested: {
    hidden: 1,
  },
  parse,
};
export const config = defineConfig({
  name: 'shop',
});
export const { first, second: renamed, ...others } = api,
  [head, , tail = 1] = list;
let counter = 0,
  total: number;
const table = new Map([
  ['a', 1],
  ['b', 2],
  ['c', 3],
  ['d', 4],
  ['e', 5],
]);

declare function external(name: string): void;
declare const VERSION: string;
declare module 'shop' {
  export function open(): void;
  interface Options {
    fast: boolean;
  }
}
declare global {
  interface Window {
    shop: typeof api;
  }
}
namespace Shop.Tax {
  export const rate = 0.13;
  export function of(price: number): number {
    return price * rate;
  }
}

if (counter) {
  const inBranch = 1;
}

export default class {
  run(): void {}
}
`;
    assert.deepEqual(outlineLines(await parser.outline('typescript', source)), [
      'class PriceList 7 4-7-44',
      'property #instances 8 8-8-8 PriceList',
      'property currency 9 9-9-9 PriceList',
      'method onChange 10 10-10-12 PriceList',
      'constructor constructor 14 14-18-21 PriceList',
      'property tax 15 15-15-15 PriceList',
      'property clock 16 16-16-16 PriceList',
      'property total 23 23-23-25 PriceList',
      'property total 26 26-26-28 PriceList',
      'method add 33 31-36-39 PriceList',
      'method rounded 41 41-41-41 PriceList',
      'method [Symbol.iterator] 42 42-42-42 PriceList',
      'interface Item 46 46-46-50',
      'property price 47 47-47-47 Item',
      'method discount 48 48-48-48 Item',
      'type Currency 52 52-52-52',
      'type Receipt 53 53-56-56',
      'property at 54 54-54-54 Receipt',
      'method lines 55 55-55-55 Receipt',
      'enum Level 58 58-58-62',
      'enumMember Low 59 59-59-59 Level',
      'enumMember High 60 60-60-60 Level',
      'enumMember very high 61 61-61-61 Level',
      'function format 64 64-64-64',
      'function format 65 65-65-65',
      'function format 66 66-66-70',
      'function parse 72 72-74-77',
      'function double 78 78-78-79',
      'variable limits 81 81-81-81',
      'property low 81 81-81-81 limits',
      'property high 81 81-81-81 limits',
      'variable api 82 82-82-95',
      'property url 83 83-83-83 api',
      'method get 84 84-84-86 api',
      'method list 87 87-87-87 api',
      'method by-name 88 88-88-90 api',
      'property nested 91 91-93-93 api',
      'variable config 96 96-98-98',
      'property name 97 97-97-97 config',
      'variable first 99 99-100-100',
      'variable renamed 99 99-100-100',
      'variable others 99 99-100-100',
      'variable head 100 99-100-100',
      'variable tail 100 99-100-100',
      'variable counter 101 101-102-102',
      'variable total 102 101-102-102',
      'variable table 103 103-103-109',
      'function external 111 111-111-111',
      'variable VERSION 112 112-112-112',
      'module shop 113 113-113-118',
      'function open 114 114-114-114 shop',
      'interface Options 115 115-115-117 shop',
      'property fast 116 116-116-116 Options',
      'interface Window 120 119-120-122',
      'property shop 121 121-121-121 Window',
      'module Shop.Tax 124 124-124-129',
      'variable rate 125 125-125-125 Shop.Tax',
      'function of 126 126-126-128 Shop.Tax',
      'class default 135 135-135-137',
      'method run 136 136-136-136 default',
    ]);
  });

  it('reads TypeScript with JSX', async () => {
    const source = `import { useState } from 'react';

interface Props {
  label: string;
}

export function Button({ label }: Props): JSX.Element {
  const [count, setCount] = useState(0);
  const onClick = () => setCount(count + 1);
  return <button onClick={onClick}>{label}</button>;
}

export const List = <T,>({ items }: { items: T[] }) => (
  <ul>
    {items.map((item) => (
      <li>{String(item)}</li>
    ))}
  </ul>
);

export const Memo = memo(function Inner(props: Props) {
  return <Button {...props} />;
});

export default () => <List items={[]} />;
`;
    assert.deepEqual(outlineLines(await parser.outline('tsx', source)), [
      'interface Props 3 3-3-5',
      'property label 4 4-4-4 Props',
      'function Button 7 7-7-11',
      'function List 13 13-13-19',
      'variable Memo 21 21-23-23',
      'function default 25 25-25-25',
    ]);
  });

  it('reads JavaScript and CommonJS', async () => {
    const source = `'use strict';
const fs = require('fs');
const { join } = require('path').posix;

var cache = {};

function* numbers() {
  yield 1;
}

class Store extends Base {
  static #count = 0;
  load = async () => {
    await fs.promises.readFile(join('a', 'b'));
  };
  constructor(root) {
    super();
    this.root = root;
  }
  get size() { return 0; }
}

const Anonymous = class {
  run() {}
};

Store.prototype.close = function (reason) {
  const local = reason;
};
exports.version = '1.0';
module.exports.open = function (path) {
  return new Store(path);
};
module.exports = {
  Store,
  limit: 10,
  create(root) {
    return new Store(root);
  },
};
`;
    assert.deepEqual(outlineLines(await parser.outline('javascript', source)), [
      'variable cache 5 5-5-5',
      'function numbers 7 7-7-9',
      'class Store 11 11-11-21',
      'property #count 12 12-12-12 Store',
      'method load 13 13-13-15 Store',
      'constructor constructor 16 16-16-19 Store',
      'property size 20 20-20-20 Store',
      'class Anonymous 23 23-23-25',
      'method run 24 24-24-24 Anonymous',
      'function close 27 27-27-29',
      'variable version 30 30-30-30',
      'function open 31 31-31-33',
      'variable exports 34 34-34-40',
      'property limit 36 36-36-36 exports',
      'method create 37 37-37-39 exports',
    ]);
  });
});

describe('the parser', () => {
  const read = async (text: string): Promise<string[]> => outlineLines(await parser.outline('typescript', text));

  it('has nothing to say of an empty text', async () => {
    assert.deepEqual(await parser.outline('typescript', ''), []);
    assert.deepEqual(await parser.outline('python', '\n\n'), []);
  });

  it('keeps what it can of a text with a brace missing', async () => {
    const broken = `class Cut {
  whole() { const local = 1; }
  open() {
    const other = 2;

export const later = 1;
function last() { let local; }
`;
    const lines = await read(broken);
    assert.ok(lines.includes('variable later 6 6-6-6'));
    assert.ok(lines.includes('function last 7 7-7-7'));
    assert.ok(!lines.some((line) => /local|other/.test(line)), lines.join('\n'));
  });

  it('takes a carriage return for part of its line break', async () => {
    assert.deepEqual(await read('@a()\r\nexport class A\r\n{\r\n  m()\r\n  {\r\n  }\r\n}\r\n'), [
      'class A 2 1-2-7',
      'method m 4 4-4-6 A',
    ]);
  });

  it('reads names in any script', async () => {
    assert.deepEqual(await read('export class 用户 {\n  名字 = "😀";\n  获取(): string {}\n}\n'), [
      'class 用户 1 1-1-4',
      'property 名字 2 2-2-2 用户',
      'method 获取 3 3-3-3 用户',
    ]);
  });

  it('reads on after a NUL', async () => {
    assert.deepEqual(await read('const a = 1;\0\nexport function f() {}\n'), [
      'variable a 1 1-1-1',
      'function f 2 2-2-2',
    ]);
  });

  it('reads a megabyte', async () => {
    const text = 'export function next(a: number) {\n  const local = a;\n  return local + 1;\n}\n'.repeat(14_000);
    assert.ok(text.length > 1_000_000);
    assert.equal((await parser.outline('typescript', text))?.length, 14_000);
  });

  it('gives up on what takes too long, and then reads the next text as it is', async () => {
    assert.equal(await parser.outline('typescript', '('.repeat(400_000)), undefined);
    assert.deepEqual(await read('class A {}'), ['class A 1 1-1-1']);
  });

  it('loads a grammar once for all that ask at the same time', async () => {
    const both = await Promise.all(['F', 'G'].map((name) => parser.outline('go', `package a\nfunc ${name}() {}\n`)));
    assert.deepEqual(both.map(outlineLines), [['function F 2 2-2-2'], ['function G 2 2-2-2']]);
  });

  it('says nothing where grammars are missing, or after its end', async () => {
    const lost = createTreeSitter(resolve('no-such-folder'));
    assert.equal(await lost.outline('ruby', 'def a; end'), undefined);
    const ended = createTreeSitter(resolve('node_modules/@vscode/tree-sitter-wasm/wasm'));
    assert.equal((await ended.outline('go', 'package a\nvar b = 1\n'))?.length, 1);
    ended.dispose();
    assert.equal(await ended.outline('go', 'package a\n'), undefined);
  });
});
