/** The repository that the cases are about: small files in several languages, and files that are hard to read. */

const price = `/** A price in cents. */
export interface Price {
  readonly cents: number;
  readonly currency: string;
}

/** Adds value added tax to a price. */
export function withTax(price: Price, rate: number): Price {
  return { ...price, cents: Math.round(price.cents * (1 + rate)) };
}

/** Formats a price for the receipt. */
export function formatPrice(price: Price): string {
  return \`\${(price.cents / 100).toFixed(2)} \${price.currency}\`;
}
`;

const client = `import { retry } from './retry.ts';

const defaultTimeout = 30_000;
const maxAttempts = 3;

export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ClientOptions {
  baseUrl: string;
  timeout?: number;
  onRetry?: (attempt: number) => void;
}

export class HttpClient {
  private readonly pending = new Map<string, Promise<unknown>>();
  private readonly options: ClientOptions;

  constructor(options: ClientOptions) {
    this.options = options;
  }

  /** Gets a resource; requests for the same path share one response. */
  async get<T>(path: string): Promise<T> {
    const known = this.pending.get(path);
    if (known) return known as Promise<T>;
    const request = retry(() => this.send('GET', path), maxAttempts);
    this.pending.set(path, request);
    try {
      return (await request) as T;
    } finally {
      this.pending.delete(path);
    }
  }

  async post<T>(
    path: string,
    body: unknown,
  ): Promise<T> {
    return (await this.send('POST', path, JSON.stringify(body))) as T;
  }

  private async send(method: string, path: string, body?: string): Promise<unknown> {
    const { baseUrl, timeout = defaultTimeout } = this.options;
    const response = await fetch(\`\${baseUrl}\${path}\`, {
      method,
      body,
      signal: AbortSignal.timeout(timeout),
    });
    if (response.status === 401) {
      throw new HttpError(401, 'The session has expired, sign in again');
    }
    if (!response.ok) throw new HttpError(response.status, await response.text());
    return response.json();
  }
}
`;

const orders = `"""Orders and what becomes of them."""
from __future__ import annotations

import enum
import logging
from dataclasses import dataclass, field
from decimal import Decimal

logger = logging.getLogger(__name__)

MAX_ITEMS = 50
FREE_SHIPPING_FROM = Decimal("49.90")


class OrderState(enum.Enum):
    OPEN = "open"
    PAID = "paid"
    SHIPPED = "shipped"


class OrderError(Exception):
    """Raised for orders that cannot go on."""


@dataclass
class Order:
    number: int
    items: list[tuple[str, Decimal]] = field(default_factory=list)
    state: OrderState = OrderState.OPEN

    def add_item(self, name: str, price: Decimal) -> None:
        if len(self.items) >= MAX_ITEMS:
            raise OrderError("an order holds at most 50 items")
        self.items.append((name, price))

    @property
    def total(self) -> Decimal:
        return sum((price for _, price in self.items), Decimal(0))

    def shipping_cost(self) -> Decimal:
        # Large orders ship for free.
        if self.total >= FREE_SHIPPING_FROM:
            return Decimal(0)
        return Decimal("4.90")

    def pay(self) -> None:
        if self.state is not OrderState.OPEN:
            raise OrderError(f"order {self.number} is {self.state.value}")
        self.state = OrderState.PAID
        logger.info("order %s paid", self.number)


def load_order(number: int, *, strict: bool = True) -> Order | None:
    """Reads an order from the store."""
    row = fetch_row("SELECT * FROM orders WHERE number = ?", number)
    if row is None and strict:
        raise OrderError(f"no order {number}")
    return row and Order(**row)
`;

const server = `package server

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// ErrClosed is returned after Shutdown.
var ErrClosed = errors.New("server: closed")

const shutdownGrace = 10 * time.Second

// Server answers orders.
type Server struct {
	mu     sync.Mutex
	closed bool
	store  Store
	http   *http.Server
}

// Store keeps orders.
type Store interface {
	Find(ctx context.Context, id string) (*Order, error)
	Save(ctx context.Context, order *Order) error
}

// New makes a server on a store.
func New(addr string, store Store) *Server {
	s := &Server{store: store}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders/{id}", s.handleOrder)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	s.http = &http.Server{Addr: addr, Handler: mux, ReadTimeout: 5 * time.Second}
	return s
}

func (s *Server) handleOrder(w http.ResponseWriter, r *http.Request) {
	order, err := s.store.Find(r.Context(), r.PathValue("id"))
	if err != nil {
		slog.Error("find order", "err", err)
		http.Error(w, "order not found", http.StatusNotFound)
		return
	}
	json.NewEncoder(w).Encode(order)
}

// Shutdown stops taking requests and waits for those under way.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	s.closed = true
	ctx, cancel := context.WithTimeout(ctx, shutdownGrace)
	defer cancel()
	return s.http.Shutdown(ctx)
}
`;

const cache = `//! A cache that forgets what was not used.

use std::collections::HashMap;
use std::time::{Duration, Instant};

#[derive(Debug, Clone)]
pub struct Entry<V> {
    value: V,
    touched: Instant,
}

/// Keeps values for a while.
pub struct Cache<V> {
    entries: HashMap<String, Entry<V>>,
    ttl: Duration,
    capacity: usize,
}

impl<V: Clone> Cache<V> {
    pub fn new(ttl: Duration, capacity: usize) -> Self {
        Self { entries: HashMap::new(), ttl, capacity }
    }

    pub fn get(&mut self, key: &str) -> Option<V> {
        let ttl = self.ttl;
        let entry = self.entries.get_mut(key)?;
        if entry.touched.elapsed() > ttl {
            self.entries.remove(key);
            return None;
        }
        entry.touched = Instant::now();
        Some(entry.value.clone())
    }

    pub fn insert(&mut self, key: String, value: V) {
        if self.entries.len() >= self.capacity {
            self.evict_oldest();
        }
        self.entries.insert(key, Entry { value, touched: Instant::now() });
    }

    fn evict_oldest(&mut self) {
        let oldest = self
            .entries
            .iter()
            .min_by_key(|(_, entry)| entry.touched)
            .map(|(key, _)| key.clone());
        if let Some(key) = oldest {
            self.entries.remove(&key);
        }
    }
}

#[macro_export]
macro_rules! cache {
    ($ttl:expr) => {
        $crate::Cache::new($ttl, 128)
    };
}
`;

const service = `package shop;

import java.util.List;
import java.util.Optional;

/** Places orders. */
public class OrderService {
    private static final int MAX_RETRIES = 5;

    private final OrderRepository repository;
    private final Mailer mailer;

    public OrderService(OrderRepository repository, Mailer mailer) {
        this.repository = repository;
        this.mailer = mailer;
    }

    @Transactional
    public Order place(Customer customer, List<Item> items) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("An order needs at least one item");
        }
        Order order = new Order(customer, items);
        repository.save(order);
        mailer.sendConfirmation(customer.email(), order);
        return order;
    }

    public Optional<Order> find(long id) {
        return repository.findById(id);
    }
}
`;

const ring = `#include <stdlib.h>
#include <string.h>
#include "ring.h"

#define RING_MASK(r) ((r)->size - 1)

struct ring
{
    size_t size;
    size_t head;
    size_t tail;
    unsigned char *data;
};

int
ring_init(struct ring *r, size_t size)
{
    if (size == 0 || (size & (size - 1)) != 0)
        return -1;
    r->data = malloc(size);
    r->size = size;
    r->head = r->tail = 0;
    return r->data ? 0 : -1;
}

size_t ring_write(struct ring *r, const void *from, size_t count)
{
    size_t room = r->size - (r->head - r->tail);
    if (count > room)
        count = room;
    for (size_t i = 0; i < count; i++)
    {
        r->data[(r->head + i) & RING_MASK(r)] = ((const unsigned char *)from)[i];
    }
    r->head += count;
    return count;
}
`;

const schema = `CREATE TABLE customers (
  id bigint PRIMARY KEY,
  email text NOT NULL UNIQUE
);

CREATE TABLE orders (
  number bigint PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id),
  state text NOT NULL DEFAULT 'open',
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX orders_by_customer ON orders (customer_id, created_at DESC);
`;

const workflow = `name: CI
on:
  push:
    branches: [main]
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: npm ci
      - run: npm test
        env:
          NODE_OPTIONS: --max-old-space-size=4096
`;

const guide = `# 商店

价格以分为单位保存，避免浮点误差。

## 运费

满 49.90 元免运费，否则收取 4.90 元。

## 订单状态

订单依次为“待付款”、“已付款”、“已发货”。
`;

const longFile = Array.from({ length: 400 }, (_, index) =>
  index % 40 === 0 ? `def step_${index / 40}(state):` : `    state.value_${index} = compute(${index})`,
).join('\n');

/** Unsaved text that stands in for the file on disk. */
export const overlay: Readonly<Record<string, string>> = {
  'src/draft.ts': 'export const first = 1;\n\nexport function unsavedHelper(): number {\n  return first + 41;\n}\n',
};

/** Files by path. */
export const repository: Readonly<Record<string, string | Uint8Array>> = {
  'src/price.ts': price,
  'src/basket.ts': `import { type Price, formatPrice, withTax } from './price.ts';

/** Sums the prices of a basket. */
export function basketTotal(prices: readonly Price[]): Price {
  let cents = 0;
  for (const price of prices) {
    cents += price.cents;
  }
  return { cents, currency: prices[0]?.currency ?? 'EUR' };
}

/** Prints the receipt of a basket. */
export function receipt(prices: readonly Price[], rate: number): string {
  return formatPrice(withTax(basketTotal(prices), rate));
}
`,
  'src/http/client.ts': client,
  'src/http/retry.ts':
    'export async function retry<T>(work: () => Promise<T>, attempts: number): Promise<T> {\n  for (let left = attempts; ; left--) {\n    try {\n      return await work();\n    } catch (error) {\n      if (left <= 1) throw error;\n    }\n  }\n}\n',
  'src/http/index.ts': "export { HttpClient } from './client.ts';\n",
  'src/cart/index.ts': "export { basketTotal } from '../basket.ts';\nexport const cartVersion = 2;\n",
  'src/draft.ts': 'export const first = 1;\n',
  'src/app/[id]/page.tsx': 'export default function Page() {\n  return <main>Order</main>;\n}\n',
  'src/empty.ts': '',
  'src/crlf.ts': 'export const one = 1;\r\n\r\nexport function windowsOnly(): string {\r\n  return "crlf";\r\n}\r\n',
  'src/my file.ts': 'export const spaced = true;\n',
  'services/orders/orders.py': orders,
  'services/orders/__init__.py': 'from .orders import Order, load_order\n\n__all__ = ["Order", "load_order"]\n',
  'services/orders/bom.py': '\ufeffimport os\n\nHOME = os.environ["HOME"]\n',
  'services/orders/steps.py': longFile,
  'tests/test_orders.py':
    'from decimal import Decimal\n\nfrom services.orders import Order\n\n\ndef test_shipping_is_free():\n    order = Order(1)\n    order.add_item("tea", Decimal("60"))\n    assert order.shipping_cost() == 0\n',
  'server/server.go': server,
  'server/cmd/main.go':
    'package main\n\nimport "shop/server"\n\nfunc main() {\n\ts := server.New(":8080", nil)\n\t_ = s\n}\n',
  'cache/src/lib.rs': cache,
  'java/src/main/java/shop/OrderService.java': service,
  'c/ring.c': ring,
  'c/ring.h': 'struct ring;\nint ring_init(struct ring *r, size_t size);\n',
  'db/schema.sql': schema,
  '.github/workflows/ci.yml': workflow,
  'package.json': '{\n  "name": "shop",\n  "scripts": {\n    "test": "node --test",\n    "build": "tsc -p ."\n  }\n}\n',
  'docs/guide.md': guide,
  'docs/说明.md': guide,
  Makefile: 'all: build\n\nbuild:\n\tgo build ./...\n\ntest: build\n\tgo test ./...\n',
  Dockerfile: 'FROM node:24-slim\nWORKDIR /app\nCOPY . .\nEXPOSE 8080\nCMD ["node", "dist/main.js"]\n',
  '.env': 'API_TOKEN=abcdefghijklmnopqrstuvwxyz\n',
  '.gitignore': 'build/\n.env\n',
  'build/out.js': 'var built = 1;\nvar more = 2;\n',
  'media/logo.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13),
  'data/blob.dat': Uint8Array.of(1, 2, 0, 3, 10, 4),
  'data/huge.json': `[\n${'  "0123456789012345678901234567890123456789",\n'.repeat(30_000)}]\n`,
  'data/wide.txt': new Uint8Array([
    0xff,
    0xfe,
    ...[...'wide text\nsecond line\n'].flatMap((c) => [c.charCodeAt(0), 0]),
  ]),
  'src/config.ts': `export const endpoint = 'https://api.example.test';\nexport const apiKey = 'sk-proj-${'aB3dE5gH7j'.repeat(5)}';\nexport const retries = 2;\n`,
};
