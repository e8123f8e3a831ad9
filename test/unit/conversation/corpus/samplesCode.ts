import type { Sample } from './sample.ts';

/** Programs, each with three edits: one that changes a line, one that adds lines, one that takes lines away. */
export const codeSamples: readonly Sample[] = [
  {
    language: 'ts',
    path: 'src/stock.ts',
    text: `import { log } from './log.ts';

/** Articles and how many there are. */
export class Stock {
  readonly #counts = new Map<string, number>();

  add(article: string, count = 1): void {
    this.#counts.set(article, (this.#counts.get(article) ?? 0) + count);
    log('added', article);
  }

  get size(): number {
    return this.#counts.size;
  }
}
`,
    edits: [
      ['  get size(): number {', '  get articles(): number {'],
      [
        '    return this.#counts.size;\n  }',
        '    return this.#counts.size;\n  }\n\n  has(article: string): boolean {\n    return this.#counts.has(article);\n  }',
      ],
      ["    log('added', article);\n  }", '  }'],
    ],
  },
  {
    language: 'python',
    path: 'shop/cart.py',
    text: `"""A cart of goods."""
from dataclasses import dataclass, field


@dataclass
class Cart:
    goods: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, count: int = 1) -> None:
        if count < 1:
            raise ValueError("count")
        self.goods[name] = self.goods.get(name, 0) + count

    def total(self, prices: dict[str, float]) -> float:
        return sum(prices[name] * count for name, count in self.goods.items())
`,
    edits: [
      ['            raise ValueError("count")', '            raise ValueError(f"count is {count}")'],
      [
        '    def total(self, prices: dict[str, float]) -> float:',
        '    def clear(self) -> None:\n        self.goods.clear()\n\n    def total(self, prices: dict[str, float]) -> float:',
      ],
      [
        '        if count < 1:\n            raise ValueError("count")\n        self.goods[name] = self.goods.get(name, 0) + count',
        '        self.goods[name] = self.goods.get(name, 0) + count',
      ],
    ],
  },
  {
    language: 'go',
    path: 'internal/queue/queue.go',
    text: `package queue

import "sync"

// Queue is safe for use by several goroutines.
type Queue struct {
	mu    sync.Mutex
	items []string
}

// Push adds an item at the end.
func (q *Queue) Push(item string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, item)
}

func (q *Queue) Len() int {
	return len(q.items)
}
`,
    edits: [
      ['	q.items = append(q.items, item)', '	q.items = append([]string{item}, q.items...)'],
      ['func (q *Queue) Len() int {', 'func (q *Queue) Len() int {\n	q.mu.Lock()\n	defer q.mu.Unlock()'],
      ['// Push adds an item at the end.\nfunc (q *Queue) Push(item string) {', 'func (q *Queue) Push(item string) {'],
    ],
  },
  {
    language: 'rust',
    path: 'crates/core/src/lexer.rs',
    text: `use std::str::Chars;

pub struct Lexer<'a> {
    chars: Chars<'a>,
    line: usize,
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { chars: text.chars(), line: 1 }
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.chars.next()?;
        if c == '\\n' {
            self.line += 1;
        }
        Some(c)
    }
}
`,
    edits: [
      ["        if c == '\\n' {", "        if matches!(c, '\\n' | '\\u{2028}') {"],
      ['    line: usize,\n}', '    line: usize,\n    column: usize,\n}'],
      ["        if c == '\\n' {\n            self.line += 1;\n        }\n        Some(c)", '        Some(c)'],
    ],
  },
  {
    language: 'java',
    path: 'src/main/java/org/acme/Accounts.java',
    text: `package org.acme;

import java.util.HashMap;
import java.util.Map;

public final class Accounts {
    private final Map<String, Long> cents = new HashMap<>();

    public void deposit(String name, long amount) {
        cents.merge(name, amount, Long::sum);
    }

    @Deprecated
    public long balance(String name) {
        return cents.getOrDefault(name, 0L);
    }
}
`,
    edits: [
      ['        return cents.getOrDefault(name, 0L);', '        return cents.get(name);'],
      [
        '        cents.merge(name, amount, Long::sum);',
        '        if (amount < 0) {\n            throw new IllegalArgumentException("amount");\n        }\n        cents.merge(name, amount, Long::sum);',
      ],
      ['    @Deprecated\n    public long balance(String name) {', '    public long balance(String name) {'],
    ],
  },
  {
    language: 'bash',
    path: 'scripts/release.sh',
    text: `#!/usr/bin/env bash
set -euo pipefail

version="$1"
for target in linux darwin; do
  echo "building $target"
  make build TARGET="$target"
done

cat <<MESSAGE
released \${version}
MESSAGE
`,
    edits: [
      ['for target in linux darwin; do', 'for target in linux darwin windows; do'],
      ['version="$1"', 'version="$1"\nif [[ -z "$version" ]]; then\n  exit 2\nfi'],
      ['  echo "building $target"\n  make build TARGET="$target"', '  make build TARGET="$target"'],
    ],
  },
];
