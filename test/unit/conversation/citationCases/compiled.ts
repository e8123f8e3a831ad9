import { type CitationCase, lines } from './case.ts';

/** Go, Rust, Java and C. */
export const compiled: readonly CitationCase[] = [
  ['a Go method with its receiver', '`Shutdown` waits (`server/server.go:55-65`).', '✓ server/server.go:55-65'],
  [
    'a Go method as people write it',
    '`(s *Server) Shutdown` waits (`server/server.go:55`).',
    '✓ server/server.go:55-55',
  ],
  [
    'a Go signature',
    '`func New(addr string, store Store) *Server` (`server/server.go:33`).',
    '✓ server/server.go:33-33',
  ],
  ['a Go constant', '`shutdownGrace` is `10 * time.Second` (`server/server.go:16`).', '✓ server/server.go:16-16'],
  [
    'a Go constant with another value',
    'There is `const shutdownGrace = 30 * time.Second` (`server/server.go:16`).',
    '✗ server/server.go:16-16 (“const shutdownGrace = 30 * time.Second” is not in this file)',
  ],
  ['a Go route', 'The route `GET /orders/{id}` is registered at `server/server.go:36`.', '✓ server/server.go:36-36'],
  [
    'a Go message',
    'It answers `http.Error(w, "order not found", http.StatusNotFound)` (`server/server.go:48`).',
    '✓ server/server.go:48-48',
  ],
  [
    'a Go call with another message',
    'It answers `http.Error(w, "no order", http.StatusNotFound)` (`server/server.go:48`).',
    '✗ server/server.go:48-48 (http.Error(w, "no order", http.StatusNotFound) is not in this file)',
  ],
  [
    'a Go error value by its comment',
    '`ErrClosed` is documented in `server/server.go:13`.',
    '✓ server/server.go:13-13',
  ],
  [
    'a Go method that moved',
    '`handleOrder` finds the order (`server/server.go:20-25`).',
    '→ server/server.go:20-25 → server/server.go:44-49',
  ],
  ['a Go interface', '`Store` has `Find` and `Save` (`server/server.go:27-30`).', '✓ server/server.go:27-30'],
  [
    'a Go interface with an invented method',
    '`Store.Delete` removes them (`server/server.go:27-30`).',
    '✗ server/server.go:27-30 (Store.Delete is not in this file)',
  ],
  ['a short Go quote', 'It locks with `s.mu.Lock()` (`server/server.go:56`).', '✓ server/server.go:56-56'],
  ['a Go call in another file', '`server.New` is called at `server/cmd/main.go:6`.', '✓ server/cmd/main.go:6-6'],
  [
    'a Go call with a literal',
    '`server.New(":8080", nil)` is called at `server/cmd/main.go:6`.',
    '✓ server/cmd/main.go:6-6',
  ],
  [
    'Go with tabs as spaces',
    lines('`server/server.go:58-60`:', '```go', '    if s.closed {', '        return ErrClosed', '    }', '```'),
    '✓ server/server.go:58-60',
  ],
  ['a Rust struct', '`Cache<V>` keeps `entries` (`cache/src/lib.rs:13-17`).', '✓ cache/src/lib.rs:13-17'],
  ['a Rust path', '`Cache::get` forgets what is old (`cache/src/lib.rs:24-33`).', '✓ cache/src/lib.rs:24-33'],
  ['a Rust path in an impl', '`Cache::insert` evicts (`cache/src/lib.rs:37`).', '✓ cache/src/lib.rs:37-37'],
  [
    'a Rust function that moved',
    '`evict_oldest` is in `cache/src/lib.rs:60-70`.',
    '→ cache/src/lib.rs:60-70 → cache/src/lib.rs:42-52',
  ],
  [
    'a Rust comparison',
    'It compares `entry.touched.elapsed() > ttl` (`cache/src/lib.rs:27`).',
    '✓ cache/src/lib.rs:27-27',
  ],
  [
    'a Rust comparison the other way',
    'It compares `entry.touched.elapsed() < ttl` (`cache/src/lib.rs:27`).',
    '✗ cache/src/lib.rs:27-27 (“entry.touched.elapsed() < ttl” is not in this file)',
  ],
  [
    'a chain over lines',
    'It takes `self.entries.iter().min_by_key(|(_, entry)| entry.touched)` (`cache/src/lib.rs:43-47`).',
    '✓ cache/src/lib.rs:43-47',
  ],
  [
    'a chain that is elsewhere',
    'It takes `self.entries.iter().min_by_key(|(_, entry)| entry.touched)` (`cache/src/lib.rs:20-22`).',
    '→ cache/src/lib.rs:20-22 → cache/src/lib.rs:43-46',
  ],
  ['a Rust derive', '`#[derive(Debug, Clone)]` (`cache/src/lib.rs:6`).', '✓ cache/src/lib.rs:6-6'],
  ['a Rust macro', 'The macro `cache!` has a capacity of 128 (`cache/src/lib.rs:54-59`).', '✓ cache/src/lib.rs:54-59'],
  [
    'a Rust macro that moved',
    '`macro_rules! cache` is at `cache/src/lib.rs:12`.',
    '→ cache/src/lib.rs:12-12 → cache/src/lib.rs:55-55',
  ],
  [
    'a Rust method that is not there',
    '`Cache::clear` empties it (`cache/src/lib.rs:42-51`).',
    '✗ cache/src/lib.rs:42-51 (Cache::clear is not in this file)',
  ],
  [
    'a Java method',
    '`place` saves the order (`java/src/main/java/shop/OrderService.java:19-27`).',
    '✓ java/src/main/java/shop/OrderService.java:19-27',
  ],
  [
    'a Java annotation',
    '`@Transactional` wraps it (`java/src/main/java/shop/OrderService.java:18`).',
    '✓ java/src/main/java/shop/OrderService.java:18-18',
  ],
  [
    'a Java place as a stack trace has it',
    'The exception comes from `OrderService.java:21`.',
    '→ OrderService.java:21-21 → java/src/main/java/shop/OrderService.java:21-21',
  ],
  [
    'a Java place and its message',
    'It throws "An order needs at least one item" (`OrderService.java:30`).',
    '→ OrderService.java:30-30 → java/src/main/java/shop/OrderService.java:21-21',
  ],
  [
    'a Java constant',
    '`MAX_RETRIES` is `5` (`java/src/main/java/shop/OrderService.java:8`).',
    '✓ java/src/main/java/shop/OrderService.java:8-8',
  ],
  [
    'a Java statement',
    '`private static final int MAX_RETRIES = 5;` (`java/src/main/java/shop/OrderService.java:8`).',
    '✓ java/src/main/java/shop/OrderService.java:8-8',
  ],
  [
    'a Java statement with another number',
    '`private static final int MAX_RETRIES = 3;` (`java/src/main/java/shop/OrderService.java:8`).',
    '✗ java/src/main/java/shop/OrderService.java:8-8 (“private static final int MAX_RETRIES = 3;” is not in this file)',
  ],
  [
    'a Java class in prose',
    'The OrderService class places orders (java/src/main/java/shop/OrderService.java:7-32).',
    '✓ java/src/main/java/shop/OrderService.java:7-32',
  ],
  [
    'a Java method reference',
    '`mailer.sendConfirmation` is called last (`java/src/main/java/shop/OrderService.java:25`).',
    '✓ java/src/main/java/shop/OrderService.java:25-25',
  ],
  [
    'a Java method that moved',
    '`find` returns an `Optional` (`java/src/main/java/shop/OrderService.java:10-12`).',
    '→ java/src/main/java/shop/OrderService.java:10-12 → java/src/main/java/shop/OrderService.java:29-31',
  ],
  [
    'a C function with braces on their own lines',
    '`ring_write` copies byte by byte (`c/ring.c:33`).',
    '✓ c/ring.c:33-33',
  ],
  ['a C function with its type above', '`ring_init` allocates (`c/ring.c:20`).', '✓ c/ring.c:20-20'],
  ['a C macro', '`RING_MASK` takes one off (`c/ring.c:5`).', '✓ c/ring.c:5-5'],
  ['a C macro used', '`RING_MASK(r)` masks the index (`c/ring.c:33`).', '✓ c/ring.c:33-33'],
  ['a C member', '`r->head += count` (`c/ring.c:35`).', '✓ c/ring.c:35-35'],
  [
    'a C assignment that is not there',
    '`r->tail += count` (`c/ring.c:35`).',
    '✗ c/ring.c:35-35 (“r->tail += count” is not in this file)',
  ],
  ['a C condition', 'It checks `(size & (size - 1)) != 0` (`c/ring.c:18`).', '✓ c/ring.c:18-18'],
  ['a C struct', '`struct ring` (`c/ring.c:7-13`).', '✓ c/ring.c:7-13'],
  [
    'a C function that is nowhere',
    '`ring_read` empties it (`c/ring.c:26-37`).',
    '✗ c/ring.c:26-37 (ring_read is not in this file)',
  ],
  ['a C header', '`ring_init` is declared in `c/ring.h:2`.', '✓ c/ring.h:2-2'],
];
