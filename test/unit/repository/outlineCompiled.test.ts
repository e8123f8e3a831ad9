import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { createTreeSitter } from '../../../extension/node/treeSitter.ts';
import { outlineLines } from '../../support/outlineLines.ts';

const parser = createTreeSitter(resolve('node_modules/@vscode/tree-sitter-wasm/wasm'));
after(() => parser.dispose());

describe('outlines of compiled languages', () => {
  it('reads Go', async () => {
    const source = `package shop

import "fmt"

const Rate = 0.13

const (
	Low, Mid = iota, 1
	High
)

var (
	cache = map[string]int{}
	mu    sync.Mutex
)

// Item is sold.
type Item struct {
	Name, Label string \`json:"name"\`
	*Base
	pkg.Other
}

type Store interface {
	Load(name string) (Item, error)
	fmt.Stringer
}

type (
	ID      int
	Handler = func(id ID) error
)

func New[T any](
	name string,
) (*Item, error) {
	local := name
	var other = local
	return nil, nil
}

func (i *Item) Price(amount int) float64 {
	return 0
}
`;
    assert.deepEqual(outlineLines(await parser.outline('go', source)), [
      'variable Rate 5 5-5-5',
      'variable Low 8 8-8-8',
      'variable Mid 8 8-8-8',
      'variable High 9 9-9-9',
      'variable cache 13 13-13-13',
      'variable mu 14 14-14-14',
      'class Item 18 18-18-22',
      'property Name 19 19-19-19 Item',
      'property Label 19 19-19-19 Item',
      'property Base 20 20-20-20 Item',
      'property Other 21 21-21-21 Item',
      'interface Store 24 24-24-27',
      'method Load 25 25-25-25 Store',
      'type ID 30 30-30-30',
      'type Handler 31 31-31-31',
      'function New 34 34-36-40',
      'method Price 42 42-42-44',
    ]);
  });

  it('reads Java', async () => {
    const source = `package com.shop;

import java.util.List;

/** A shop. */
@Service
@Scope("request")
public abstract class Shop<T> extends Base implements Store {
    private final int low = 1, high;

    public Shop(int high)
    {
        this.high = high;
    }

    @Override
    public List<Item> load(
            String name) throws IOException {
        int local = 1;
        return null;
    }

    protected abstract void close();

    enum Level {
        LOW(1), HIGH {
            void hidden() {}
        };

        private final int value;

        Level(int value) { this.value = value; }
    }

    record Pair(int left, String right) {
        Pair { check(left); }
        int sum() { return left; }
    }

    interface Listener {
        int MAX = 3;
        void changed(Shop<?> shop);
        default void closed() {}
    }

    @interface Timed {
        String value() default "";
    }
}
`;
    assert.deepEqual(outlineLines(await parser.outline('java', source)), [
      'class Shop 8 6-8-49',
      'property low 9 9-9-9 Shop',
      'property high 9 9-9-9 Shop',
      'constructor Shop 11 11-11-14 Shop',
      'method load 17 16-18-21 Shop',
      'method close 23 23-23-23 Shop',
      'enum Level 25 25-25-33 Shop',
      'enumMember LOW 26 26-26-26 Level',
      'enumMember HIGH 26 26-26-28 Level',
      'property value 30 30-30-30 Level',
      'constructor Level 32 32-32-32 Level',
      'class Pair 35 35-35-38 Shop',
      'property left 35 35-35-35 Pair',
      'property right 35 35-35-35 Pair',
      'constructor Pair 36 36-36-36 Pair',
      'method sum 37 37-37-37 Pair',
      'interface Listener 40 40-40-44 Shop',
      'property MAX 41 41-41-41 Listener',
      'method changed 42 42-42-42 Listener',
      'method closed 43 43-43-43 Listener',
      'interface Timed 46 46-46-48 Shop',
      'method value 47 47-47-47 Timed',
    ]);
  });

  it('reads C#', async () => {
    const source = `using System;

namespace Shop.Prices
{
    [Serializable]
    public partial class PriceList<T> : Base where T : Item
    {
        private readonly int low = 1, high;
        public const double Rate = 0.13;

        public string Name { get; set; } = "";
        public int Count => items.Count;
        public int Total
        {
            get { return total; }
        }

        public event EventHandler Changed;

        public PriceList(int high) : base(high)
        {
            var local = high;
        }

        [Obsolete]
        public async Task<T> Load(string name)
        {
            void Inner() { }
            return default;
        }

        public int Twice(int n) => n * 2;
        public T this[int index] => items[index];
        public delegate void Handler(int n);
    }

    public record Pair(int Left, string Right);

    public interface IStore
    {
        Item Load(string name);
    }

    struct Point { public int X; }

#if DEBUG
    enum Level { Low = 1, High }
#endif
}
`;
    assert.deepEqual(outlineLines(await parser.outline('csharp', source)), [
      'module Shop.Prices 3 3-3-49',
      'class PriceList 6 5-6-35 Shop.Prices',
      'property low 8 8-8-8 PriceList',
      'property high 8 8-8-8 PriceList',
      'property Rate 9 9-9-9 PriceList',
      'property Name 11 11-11-11 PriceList',
      'property Count 12 12-12-12 PriceList',
      'property Total 13 13-13-16 PriceList',
      'property Changed 18 18-18-18 PriceList',
      'constructor PriceList 20 20-20-23 PriceList',
      'method Load 26 25-26-30 PriceList',
      'method Twice 32 32-32-32 PriceList',
      'property this 33 33-33-33 PriceList',
      'type Handler 34 34-34-34 PriceList',
      'class Pair 37 37-37-37 Shop.Prices',
      'property Left 37 37-37-37 Pair',
      'property Right 37 37-37-37 Pair',
      'interface IStore 39 39-39-42 Shop.Prices',
      'method Load 41 41-41-41 IStore',
      'class Point 44 44-44-44 Shop.Prices',
      'property X 44 44-44-44 Point',
      'enum Level 47 47-47-47 Shop.Prices',
      'enumMember Low 47 47-47-47 Level',
      'enumMember High 47 47-47-47 Level',
    ]);
  });

  it('reads C++', async () => {
    const source = `#ifndef SHOP_H
#define SHOP_H

#include <string>

#define RATE 13
#define TWICE(n) \\
  ((n) + (n))

extern "C" {
int shop_open(const char *path);
}

typedef struct {
  int left;
  int *right;
} Pair;
typedef unsigned long Id;
typedef void (*Callback)(int);
enum { FIRST, LAST };

namespace shop::prices {

class Forward;
using Names = std::vector<std::string>;

template <typename T>
class List : public Base {
 public:
  explicit List(int low) : low_(low) {}
  virtual ~List() = default;
  const T &at(size_t index) const override;
  bool operator==(const List &other) const;
  template <typename U> void add(U item);
  static int count;
  enum class Level : int { Low, High = 2 };
  struct Node {
    T *next;
  };
 private:
  int low_ = 1, sizes_[3];
};

template <typename T>
const T &List<T>::at(size_t index) const
{
  int local = 0;
  return items[index];
}

List::List() {}
static const char *names[] = {"a", "b"};
char **split(const char *text);

}  // namespace shop::prices

union Value { int i; float f; };
struct Point { int x; } origin;

int main(int argc, char **argv) {
  return 0;
}

#endif
`;
    assert.deepEqual(outlineLines(await parser.outline('cpp', source)), [
      'variable RATE 6 6-6-6',
      'function TWICE 7 7-7-8',
      'function shop_open 11 11-11-11',
      'class Pair 17 14-14-17',
      'property left 15 15-15-15 Pair',
      'property right 16 16-16-16 Pair',
      'type Id 18 18-18-18',
      'type Callback 19 19-19-19',
      'enumMember FIRST 20 20-20-20',
      'enumMember LAST 20 20-20-20',
      'module prices 22 22-22-55',
      'type Names 25 25-25-25 prices',
      'class List 28 27-28-42 prices',
      'constructor List 30 30-30-30 List',
      'method ~List 31 31-31-31 List',
      'method at 32 32-32-32 List',
      'method operator== 33 33-33-33 List',
      'method add 34 34-34-34 List',
      'property count 35 35-35-35 List',
      'enum Level 36 36-36-36 List',
      'enumMember Low 36 36-36-36 Level',
      'enumMember High 36 36-36-36 Level',
      'class Node 37 37-37-39 List',
      'property next 38 38-38-38 Node',
      'property low_ 41 41-41-41 List',
      'property sizes_ 41 41-41-41 List',
      'method at 45 44-45-49 prices',
      'constructor List 51 51-51-51 prices',
      'variable names 52 52-52-52 prices',
      'function split 53 53-53-53 prices',
      'class Value 57 57-57-57',
      'property i 57 57-57-57 Value',
      'property f 57 57-57-57 Value',
      'class Point 58 58-58-58',
      'property x 58 58-58-58 Point',
      'variable origin 58 58-58-58',
      'function main 60 60-60-62',
    ]);
  });

  it('reads Rust', async () => {
    const source = `use std::fmt;

#[derive(Debug)]
// kept in order
#[serde(rename = "item")]
pub struct Item<T> {
    pub name: String,
    #[serde(skip)]
    price: T,
}
struct Wrapper(i32, pub String);

pub enum Level {
    Low,
    High(i32),
}

pub trait Store: fmt::Debug {
    type Key;
    const LIMIT: usize;
    fn load(&self, key: Self::Key) -> Option<Item<i32>>;
    fn close(&mut self) {}
}

impl<T> Store for Item<T>
where
    T: Copy,
{
    type Key = i32;
    fn load(&self, key: i32) -> Option<Item<i32>> {
        let local = key;
        fn inner() {}
        None
    }
}

#[inline]
pub async fn open(path: &str) -> i32 {
    1
}
type Id = u64;
const RATE: f64 = 0.13;
static mut COUNT: i32 = 0;
pub mod tax {
    pub fn of(price: f64) -> f64 { price }
}
mod other;
#[macro_export]
macro_rules! price {
    ($e:expr) => { $e };
}
extern "C" {
    fn shop_open(a: i32);
}
`;
    assert.deepEqual(outlineLines(await parser.outline('rust', source)), [
      'class Item 6 3-6-10',
      'property name 7 7-7-7 Item',
      'property price 9 8-9-9 Item',
      'class Wrapper 11 11-11-11',
      'enum Level 13 13-13-16',
      'enumMember Low 14 14-14-14 Level',
      'enumMember High 15 15-15-15 Level',
      'interface Store 18 18-18-23',
      'type Key 19 19-19-19 Store',
      'property LIMIT 20 20-20-20 Store',
      'method load 21 21-21-21 Store',
      'method close 22 22-22-22 Store',
      'class Item 25 25-27-35',
      'type Key 29 29-29-29 Item',
      'method load 30 30-30-34 Item',
      'function open 38 37-38-40',
      'type Id 41 41-41-41',
      'variable RATE 42 42-42-42',
      'variable COUNT 43 43-43-43',
      'module tax 44 44-44-46',
      'function of 45 45-45-45 tax',
      'module other 47 47-47-47',
      'function price 49 48-49-51',
      'function shop_open 53 53-53-53',
    ]);
  });
});
