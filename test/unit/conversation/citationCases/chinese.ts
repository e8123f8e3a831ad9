import { type CitationCase, lines } from './case.ts';

export const chinese: readonly CitationCase[] = [
  ['a place in brackets', '税款由 `withTax` 计算（`src/price.ts:8-10`）。', '✓ src/price.ts:8-10'],
  ['a place without spaces', '税款在src/price.ts:8-10中由`withTax`计算。', '✓ src/price.ts:8-10'],
  [
    'an invented name',
    '折扣由 `withDiscount` 计算（`src/price.ts:8-10`）。',
    '✗ src/price.ts:8-10 (withDiscount is not in this file)',
  ],
  [
    'an invented name without backticks',
    '折扣由applyDiscount计算（src/price.ts:8-10）。',
    '✗ src/price.ts:8-10 (applyDiscount is not in this file)',
  ],
  [
    'a name that moved',
    '格式化见 `formatPrice`（`src/price.ts:1-4`）。',
    '→ src/price.ts:1-4 → src/price.ts:13-16'.replace('13-16', '13-15'),
  ],
  [
    'two sentences',
    '`withTax` 位于 `src/price.ts:8`。`retry` 位于 `src/http/retry.ts:1`。',
    '✓ src/price.ts:8-8',
    '✓ src/http/retry.ts:1-1',
  ],
  [
    'two sentences, the second invented',
    '`withTax` 位于 `src/price.ts:8`。`backoff` 位于 `src/http/retry.ts:1`。',
    '✓ src/price.ts:8-8',
    '✗ src/http/retry.ts:1-1 (backoff is not in this file)',
  ],
  [
    'places with a comma for lists',
    '`withTax` 出现在 `src/price.ts:8`、`src/basket.ts:1` 和 `src/basket.ts:14`。',
    '✓ src/price.ts:8-8',
    '✓ src/basket.ts:1-1',
    '✓ src/basket.ts:14-14',
  ],
  [
    'a name at places, one invented',
    '`withTax` 出现在 `src/price.ts:8`、`c/ring.c:5`。',
    '✓ src/price.ts:8-8',
    '✗ c/ring.c:5-5 (withTax is not in this file)',
  ],
  [
    'a quote of a document',
    '文档写道“满 49.90 元免运费，否则收取 4.90 元”（`docs/guide.md:7`）。',
    '✓ docs/guide.md:7-7',
  ],
  [
    'a quote of a document that moved',
    '文档写道“价格以分为单位保存，避免浮点误差”（`docs/guide.md:9-11`）。',
    '→ docs/guide.md:9-11 → docs/guide.md:3-3',
  ],
  [
    'a quote that is invented',
    '文档写道“超过一百元的订单一律免运费”（`docs/guide.md:7`）。',
    '✗ docs/guide.md:7-7 (“超过一百元的订单一律免运费” is not in this file)',
  ],
  ['words that are set apart', '这就是所谓的“快速路径”（`src/http/client.ts:31-32`）。', '✓ src/http/client.ts:31-32'],
  ['corner brackets', '状态为「待付款」（`docs/guide.md:11`）。', '✓ docs/guide.md:11-11'],
  ['a path in Chinese', '说明见 `docs/说明.md:5-7`。', '✓ docs/说明.md:5-7'],
  ['past the end', '见 `src/price.ts:200`。', '✗ src/price.ts:200-200 (the file has only 15 lines)'],
  [
    'a list',
    lines(
      '主要部分：',
      '- `Cache::get`：读取（`cache/src/lib.rs:24-33`）',
      '- `Cache::purge`：清空（`cache/src/lib.rs:42-51`）',
    ),
    '✓ cache/src/lib.rs:24-33',
    '✗ cache/src/lib.rs:42-51 (Cache::purge is not in this file)',
  ],
  [
    'a table',
    lines(
      '| 名称 | 位置 |',
      '| --- | --- |',
      '| `ring_write` | `c/ring.c:26-37` |',
      '| `ring_read` | `c/ring.c:15-24` |',
    ),
    '✓ c/ring.c:26-37',
    '✗ c/ring.c:15-24 (ring_read is not in this file)',
  ],
  [
    'code below',
    lines(
      '付款逻辑如下（`services/orders/orders.py:46-50`）：',
      '```python',
      'if self.state is not OrderState.OPEN:',
      '    raise OrderError(f"order {self.number} is {self.state.value}")',
      '```',
    ),
    '✓ services/orders/orders.py:46-50',
  ],
  ['what is not there', '`src/price.ts:8-10` 中没有 `applyDiscount`。', '✓ src/price.ts:8-10'],
  ['what is proposed', '建议在 `src/price.ts:9` 调用 `auditLog`。', '✓ src/price.ts:9-9'],
  ['a colon of full width', '位置：`src/price.ts:8-10`：`withTax` 负责计算。', '✓ src/price.ts:8-10'],
  ['a wrong folder', '`withTax` 位于 `lib/price.ts:8-10`。', '→ lib/price.ts:8-10 → src/price.ts:8-10'],
  ['out of the folder', '见 `../私有/密钥.ts:1`。', '✗ ../私有/密钥.ts:1-1 (outside of the open folder)'],
  ['a place in a sentence of its own', '税款由 `withTax` 计算。参见 `src/price.ts:8-10`。', '✓ src/price.ts:8-10'],
  ['a colon of full width', '税在 `src/price.ts：8-10`。', '✓ src/price.ts:8-10'],
  ['a colon of full width in prose', '税在src/price.ts：8-10。', '✓ src/price.ts:8-10'],
  // Where a path in Chinese begins between words in Chinese cannot be told: it stays text rather than be struck out.
  ['a path in Chinese in prose', '说明在docs/说明.md:3。'],
  ['a folder in Chinese in prose', '入口在src/组件/main.ts:3，还有src/组件_main.ts:3。'],
  ['a path next to Chinese words', '税在./src/price.ts:8里。', '✓ ./src/price.ts:8-8'],
];
