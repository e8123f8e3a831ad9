import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lineOutline } from '../../../extension/core/repository/lineOutline.ts';
import { outlineLines } from '../../support/outlineLines.ts';

describe('the outline by lines', () => {
  it('reads Kotlin', () => {
    const source = `package com.shop

import java.util.Date

/** class in a comment */
@Serializable
data class Item(
    val name: String,
    val price: Double,
) : Named {
    fun label(): String {
        val local = 1
        fun inner() {}
        return name
    }

    companion object {
        const val LIMIT = 10
    }
}

enum class Level { LOW, HIGH }

sealed interface Store<T> {
    suspend fun load(
        name: String,
    ): T
}

fun <T> List<T>.firstOr(other: T): T = firstOrNull() ?: other
private val cache = mutableMapOf<String, Item>()
`;
    assert.deepEqual(outlineLines(lineOutline(source)), [
      'class Item 7 6-7-20',
      'property name 8 8-8-8 Item',
      'property price 9 9-9-9 Item',
      'method label 11 11-11-19 Item',
      'enum Level 22 22-22-22',
      'interface Store 24 24-24-28',
      'method load 25 25-27-27 Store',
      'function firstOr 30 30-30-30',
      'variable cache 31 31-31-31',
    ]);
  });

  it('reads Swift', () => {
    const source = `import Foundation

public protocol Store {
    associatedtype Key
    func load(_ key: Key) throws -> Item
}

final class PriceList: Base, Store {
    private let low = 1
    var total: Int { 0 }

    init(low: Int) {
        self.low = low
    }

    @discardableResult
    static func open(path: String) -> PriceList {
        let local = 1
        return PriceList(low: local)
    }
}

extension PriceList: Codable {
    mutating func reset() {}
}
`;
    assert.deepEqual(outlineLines(lineOutline(source)), [
      'interface Store 3 3-3-6',
      'method load 5 5-5-5 Store',
      'class PriceList 8 8-8-21',
      'property low 9 9-9-9 PriceList',
      'property total 10 10-10-14 PriceList',
      'method open 17 16-17-20 PriceList',
      'class PriceList 23 23-23-25',
      'method reset 24 24-24-24 PriceList',
    ]);
  });

  it('reads Lua', () => {
    const source = `local M = {}

local function helper(value)
  local inner = function() end
  return value
end

function M.open(path)
  return helper(path)
end

function M:close()
end

return M
`;
    assert.deepEqual(outlineLines(lineOutline(source)), [
      'function helper 3 3-3-6',
      'function open 8 8-8-10',
      'function close 12 12-12-15',
    ]);
  });

  it('reads Elixir', () => {
    const source = `# A comment
defmodule Shop.PriceList do
  @moduledoc "Prices"

  defstruct [:name]

  def total(items, rate \\\\ 1) do
    Enum.sum(items) * rate
  end

  defp rounded?(price), do: price == round(price)
end
`;
    assert.deepEqual(outlineLines(lineOutline(source)), [
      'module PriceList 2 2-2-12',
      'function total 7 7-7-9 PriceList',
      'function rounded? 11 11-11-11 PriceList',
    ]);
  });

  it('reads Scala by its indentation', () => {
    const source = `package shop

sealed trait Shape:
  def area: Double

case class Circle(r: Double) extends Shape:
  override def area: Double = 3 * r * r

object Shapes {
  implicit val order: Ordering[Shape] = ???
  def all(): List[Shape] = {
    def inner(x: Int) = x
    Nil
  }
}
`;
    assert.deepEqual(outlineLines(lineOutline(source)), [
      'interface Shape 3 3-3-4',
      'method area 4 4-4-4 Shape',
      'class Circle 6 6-6-7',
      'method area 7 7-7-7 Circle',
      'class Shapes 9 9-9-15',
      'property order 10 10-10-10 Shapes',
      'method all 11 11-11-14 Shapes',
    ]);
  });

  it('reads Zig', () => {
    const source = `const std = @import("std");

pub const Point = struct {
    x: f32,

    pub fn len(self: Point) f32 {
        const local = self.x;
        return local;
    }
};

pub fn main() !void {
    const x = 1;
}
`;
    assert.deepEqual(outlineLines(lineOutline(source)), [
      'variable std 1 1-1-1',
      'class Point 3 3-3-10',
      'method len 6 6-6-9 Point',
      'function main 12 12-12-14',
    ]);
  });

  it('reads SQL', () => {
    const source = `-- create table in a comment
CREATE TABLE IF NOT EXISTS shop.items (
  id integer PRIMARY KEY,
  name text
);

create or replace function price_of(
  name text
) returns numeric as $$
begin
  return 1;
end $$;

CREATE MATERIALIZED VIEW "totals" AS
SELECT 1;
`;
    assert.deepEqual(outlineLines(lineOutline(source)), [
      'class items 2 2-5-5',
      'function price_of 7 7-9-12',
      'class totals 14 14-14-15',
    ]);
  });

  it('reads Protocol Buffers', () => {
    const source = `syntax = "proto3";
package shop.v1;

message Item {
  string name = 1;
  enum Level {
    LOW = 0;
  }
}

service Prices {
  rpc Get(Item) returns (Item);
}
`;
    assert.deepEqual(outlineLines(lineOutline(source)), [
      'type Item 4 4-4-9',
      'enum Level 6 6-6-8 Item',
      'interface Prices 11 11-11-13',
      'method Get 12 12-12-12 Prices',
    ]);
  });

  it("reads Markdown's headings by their level", () => {
    const source = `# Shop

Intro with a [link](x).

## Install ##

\`\`\`sh
# not a heading
npm i
\`\`\`

### Options

type the command below:

## 使用

Text.

`;
    assert.deepEqual(outlineLines(lineOutline(source)), [
      'module Shop 1 1-1-18',
      'module Install 5 5-5-14 Shop',
      'module Options 12 12-12-14 Install',
      'module 使用 16 16-16-18 Shop',
    ]);
  });

  it('takes neither comments nor prose for declarations', () => {
    assert.deepEqual(
      lineOutline(`# Build
# of the shop
name: build
# jobs
jobs:
  class: big

# A comment alone

on: push
`),
      [],
    );
    assert.deepEqual(lineOutline('class of 1999 was good\ntype the command, then\nmodule is big\nlet it be\n'), []);
    assert.deepEqual(lineOutline(''), []);
  });

  it('counts a tab as an indentation and reads carriage returns, NUL and any script', () => {
    assert.deepEqual(outlineLines(lineOutline('class 用户 {\r\n\tfun 名字() {\0}\r\n}\r\n\r\n')), [
      'class 用户 1 1-1-3',
      'method 名字 2 2-2-2 用户',
    ]);
  });

  it('reads a megabyte, in one line or in many', () => {
    assert.deepEqual(lineOutline('fun '.repeat(250_000)), []);
    assert.equal(lineOutline('class A {\n    fun b() {\n        val c = 1\n    }\n}\n'.repeat(20_000)).length, 40_000);
  });
});
