import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { createTreeSitter } from '../../../extension/node/treeSitter.ts';
import { outlineLines } from '../../support/outlineLines.ts';

const parser = createTreeSitter(resolve('node_modules/@vscode/tree-sitter-wasm/wasm'));
after(() => parser.dispose());

describe('outlines of scripts', () => {
  it('reads Python', async () => {
    const source = `"""Prices."""
from __future__ import annotations
import os

RATE: float = 0.13
LOW, HIGH = 1, 2
type Pair = tuple[int, int]
TABLE = {
    'a': 1,
    'b': 2,
    'c': 3,
    'd': 4,
    'e': 5,
    'f': 6,
}


@cached(
    size=10,
)
def price_of(
    name: str,
    amount: int = 1,
) -> float:
    # Slow.
    """The price."""
    local = name

    def inner():
        pass

    return local


class Shop(Base, metaclass=Meta):
    """A shop."""

    open = False
    name: str

    class Error(Exception):
        pass

    def __init__(self, name):
        """Opens it."""
        self.name = name
        self.items: list[str] = []
        self.items = list(name)

    @property
    def size(self) -> int:
        return len(self.items)

    async def load(self): ...


if TYPE_CHECKING:
    from x import y
else:
    def fallback():
        pass

try:
    import fast
except ImportError:
    fast = None

RATE = 0.2

if __name__ == '__main__':
    shop = Shop('a')
`;
    assert.deepEqual(outlineLines(await parser.outline('python', source)), [
      'variable RATE 5 5-5-5',
      'variable LOW 6 6-6-6',
      'variable HIGH 6 6-6-6',
      'type Pair 7 7-7-7',
      'variable TABLE 8 8-8-15',
      'function price_of 21 18-24-32',
      'class Shop 35 35-35-54',
      'property open 38 38-38-38 Shop',
      'property name 39 39-39-39 Shop',
      'class Error 41 41-41-42 Shop',
      'method __init__ 44 44-44-48 Shop',
      'property items 47 47-47-47 Shop',
      'method size 51 50-51-52 Shop',
      'method load 54 54-54-54 Shop',
      'function fallback 60 60-60-61',
      'variable fast 66 66-66-66',
    ]);
  });

  it('reads Ruby', async () => {
    const source = `require 'json'

module Shop
  RATE = 0.13

  # A list.
  class PriceList < Base
    include Enumerable
    attr_reader :items, :name
    Pair = Struct.new(:left, :right) do
      def sum = left + right
    end

    def initialize(items, name: nil)
      # keeps them
      @items = items
      local = 1
    end

    def self.load(path)
      new(JSON.parse(path))
    end

    class << self
      def empty; end
    end

    private

    private def check
      true
    end
  end
end

def helper(
  value
)
  value
end
`;
    assert.deepEqual(outlineLines(await parser.outline('ruby', source)), [
      'module Shop 3 3-3-34',
      'variable RATE 4 4-4-4 Shop',
      'class PriceList 7 7-7-33 Shop',
      'property items 9 9-9-9 PriceList',
      'property name 9 9-9-9 PriceList',
      'class Pair 10 10-10-12 PriceList',
      'method sum 11 11-11-11 Pair',
      'method initialize 14 14-14-18 PriceList',
      'method load 20 20-20-22 PriceList',
      'method empty 25 25-25-25 PriceList',
      'method check 30 30-30-32 PriceList',
      'function helper 36 36-38-40',
    ]);
  });

  it('reads PHP', async () => {
    const source = `<?php
namespace Shop\\Prices;

use Shop\\Item;

const RATE = 0.13;
define('LIMIT', 10);

#[Service]
abstract class PriceList extends Base implements Store
{
    use Logged;

    const LOW = 1, HIGH = 2;
    private static array $cache = [];
    public ?int $size;

    public function __construct(
        private readonly Clock $clock,
        int $rounding,
    ) {
        $local = $rounding;
    }

    abstract protected function rounded(float $price): float;

    #[Route('/')]
    public static function all(): array
    {
        return [];
    }
}

interface Store
{
    public function load(string $name): Item;
}

trait Logged
{
    protected $log;
}

enum Level: string
{
    case Low = 'low';
    case High = 'high';

    public function label(): string { return 'x'; }
}

if (!function_exists('price')) {
    function price($name) { return 1; }
}
`;
    assert.deepEqual(outlineLines(await parser.outline('php', source)), [
      'variable RATE 6 6-6-6',
      'variable LIMIT 7 7-7-7',
      'class PriceList 10 9-10-32',
      'property LOW 14 14-14-14 PriceList',
      'property HIGH 14 14-14-14 PriceList',
      'property cache 15 15-15-15 PriceList',
      'property size 16 16-16-16 PriceList',
      'constructor __construct 18 18-21-23 PriceList',
      'property clock 19 19-19-19 PriceList',
      'method rounded 25 25-25-25 PriceList',
      'method all 28 27-28-31 PriceList',
      'interface Store 34 34-34-37',
      'method load 36 36-36-36 Store',
      'class Logged 39 39-39-42',
      'property log 41 41-41-41 Logged',
      'enum Level 44 44-44-50',
      'enumMember Low 46 46-46-46 Level',
      'enumMember High 47 47-47-47 Level',
      'method label 49 49-49-49 Level',
      'function price 53 53-53-53',
    ]);
  });

  it('reads Bash', async () => {
    const source = `#!/usr/bin/env bash
set -euo pipefail

root=/srv/shop
export RATE=13
readonly LOW=1 HIGH=2
declare -a names=(a b)

open_shop() {
  local name=$1
  inner=2
  echo "$name"
}

function close_shop
{
  echo closed
}

if [ -n "$RATE" ]; then
  mode=fast
fi
root=/tmp
`;
    assert.deepEqual(outlineLines(await parser.outline('bash', source)), [
      'variable root 4 4-4-4',
      'variable RATE 5 5-5-5',
      'variable LOW 6 6-6-6',
      'variable HIGH 6 6-6-6',
      'variable names 7 7-7-7',
      'function open_shop 9 9-9-13',
      'function close_shop 15 15-15-18',
      'variable mode 21 21-21-21',
    ]);
  });
});
