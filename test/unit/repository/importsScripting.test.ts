import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importing, importLines } from '../../support/imports.ts';

describe("Python's imports", () => {
  it('are found at any depth and in any form, one for each name', () => {
    const text = `"""Module.

from nothing import here
"""
from __future__ import annotations
import os, sys as system
import shop.tax.rates as rates  # noqa
import shop.tax
from . import models
from .import views as v
from ..core.tax import (  # comment (with parentheses)
    with_tax,
    Rate as TaxRate,  # trailing
)
from shop.all import *
from a import b, \\
    c
if TYPE_CHECKING: from shop.types import Money

def load():
    '''
    import neither
    '''
    import json; from shop import late
    text = "import no"
    importlib.reload(x)
    from_here = 1
`;
    const expected = [
      '5 __future__ {annotations}',
      '6 os as os',
      '6 sys as system',
      '7 shop.tax.rates as rates',
      '8 shop.tax as tax',
      '9 . {models}',
      '10 . {views as v}',
      '11-14 ..core.tax {with_tax}',
      '11-14 ..core.tax {Rate as TaxRate}',
      '15 shop.all again',
      '16-17 a {b}',
      '16-17 a {c}',
      '18 shop.types {Money}',
      '24 json as json',
      '24 shop {late}',
    ];
    assert.deepEqual(importLines('python', text), expected);
    assert.deepEqual(importLines('python', text.replaceAll('\n', '\r\n')), expected);
  });

  it('survive what is still being typed', () => {
    assert.deepEqual(importLines('python', 'from a import (b,\n\ndef f(x):\n  import c\n'), ['1-3 a {b}', '4 c as c']);
    assert.deepEqual(importLines('python', 'from a import'), []);
    assert.deepEqual(importLines('python', 'import'), []);
    assert.deepEqual(importLines('python', 's = """\nimport a'), []);
    assert.deepEqual(importLines('python', "x = 'don\\'t'  # isn't\nimport a  # \"\"\"\nimport b"), [
      '2 a as a',
      '3 b as b',
    ]);
  });

  const shop = importing([
    'src/shop/__init__.py',
    'src/shop/app.py',
    'src/shop/core/__init__.py',
    'src/shop/core/tax.py',
    'src/shop/core/tax.pyi',
    'src/shop/logging.py',
    'src/shop/models/__init__.py',
    'src/shop/models/order.py',
    'tests/helpers.py',
    'tests/test_app.py',
    'tools/yaml.py',
    'services/a/common/util.py',
    'services/a/main.py',
    'services/b/common/util.py',
    'services/b/main.py',
    'services/common/readme.txt',
  ]);

  it('lead to modules, and to the package besides', () => {
    assert.deepEqual(shop('src/shop/app.py', 'from . import models, core\nfrom .core.tax import rate'), [
      ['src/shop/models/__init__.py', 'src/shop/__init__.py'],
      ['src/shop/core/__init__.py', 'src/shop/__init__.py'],
      ['src/shop/core/tax.py', 'src/shop/core/tax.pyi'],
    ]);
    assert.deepEqual(shop('src/shop/models/order.py', 'from ..core import tax, missing\nfrom .. import app'), [
      ['src/shop/core/tax.py', 'src/shop/core/tax.pyi', 'src/shop/core/__init__.py'],
      ['src/shop/core/__init__.py'],
      ['src/shop/app.py', 'src/shop/__init__.py'],
    ]);
    assert.deepEqual(shop('tests/test_app.py', 'import shop.core.tax\nfrom shop import app\nimport helpers'), [
      ['src/shop/core/tax.py', 'src/shop/core/tax.pyi'],
      ['src/shop/app.py', 'src/shop/__init__.py'],
      ['tests/helpers.py'],
    ]);
  });

  it('take the nearest of several roots, and nothing for what is from elsewhere', () => {
    assert.deepEqual(shop('services/b/main.py', 'from common.util import x\nfrom common import util'), [
      ['services/b/common/util.py'],
      ['services/b/common/util.py'],
    ]);
    assert.deepEqual(shop('src/shop/app.py', 'import logging\nimport os.path\nimport yaml\nfrom typing import Any'), [
      [],
      [],
      [],
      [],
    ]);
    assert.deepEqual(shop('src/shop/app.py', 'from ....... import x\nfrom .app import y'), [[], []]);
  });
});

describe("Ruby's requires", () => {
  it('are found in every form', () => {
    const text = `require 'json'
require_relative "../shop/tax"
require_relative('order')
=begin
require 'nothing'
=end
# require 'neither'
require File.expand_path('../../lib/cart', __FILE__)
require File.join(__dir__, 'support', 'x')
load File.dirname(__FILE__) + '/seed.rb'
module Shop
  autoload :Price, 'shop/price'
  autoload :HTTPClient
  require "shop/#{name}"
end
`;
    const expected = [
      '1 json',
      '2 ../shop/tax',
      '3 ./order',
      '8 ../lib/cart',
      '9 ./support',
      '10 ./seed.rb',
      '12 shop/price {Price}',
      '13 :HTTPClient {HTTPClient}',
    ];
    assert.deepEqual(importLines('ruby', text), expected);
    assert.deepEqual(importLines('ruby', text.replaceAll('\n', '\r\n')), expected);
  });

  it('lead to files beside and to those on load paths', () => {
    const shop = importing([
      'lib/shop.rb',
      'lib/shop/price.rb',
      'lib/shop/http_client.rb',
      'lib/shop/json.rb',
      'spec/spec_helper.rb',
      'spec/shop/price_spec.rb',
      'gems/pay/lib/pay.rb',
      'gems/pay/lib/pay/card.rb',
      'app.rb',
    ]);
    assert.deepEqual(
      shop(
        'lib/shop.rb',
        "require 'json'\nrequire 'shop/price'\nrequire_relative 'shop/price'\nautoload :HTTPClient\nrequire 'pay/card'\nrequire 'pay'",
      ),
      [
        [],
        ['lib/shop/price.rb'],
        ['lib/shop/price.rb'],
        ['lib/shop/http_client.rb'],
        ['gems/pay/lib/pay/card.rb'],
        ['gems/pay/lib/pay.rb'],
      ],
    );
    assert.deepEqual(
      shop('spec/shop/price_spec.rb', "require 'spec_helper'\nrequire './app'\nrequire_relative '../../lib/shop'"),
      [['spec/spec_helper.rb'], ['app.rb'], ['lib/shop.rb']],
    );
  });
});

describe("PHP's imports", () => {
  it('are found in every form', () => {
    const text = `<?php
namespace App\\Http;
/*
use App\\Nothing;
*/
use App\\Models\\Order;
use \\App\\Models\\User as Customer;
use function App\\Support\\money;
use App\\Tax\\{
    Rate,
    Rules\\Vat as Tax, // comment
    function round_up,
};
use App\\A, App\\B as Bee;
require __DIR__ . '/../bootstrap.php';
require_once dirname(__DIR__, 2) . '/vendor/autoload.php';
include_once(dirname(__FILE__) . "/menu.php");
$config = require 'config/app.php';
class Page extends Base {
    use Macroable, Concerns\\Renders { render as draw; }
    function f() { return array_map(function ($x) use ($y) { return $x; }, []); }
}
$text = <<<EOT
use App\\Neither;
EOT;
`;
    const expected = [
      '6 App\\Models\\Order {Order}',
      '7 App\\Models\\User {User as Customer}',
      '8 App\\Support\\money {money}',
      '9-13 App\\Tax\\Rate {Rate}',
      '9-13 App\\Tax\\Rules\\Vat {Vat as Tax}',
      '9-13 App\\Tax\\round_up {round_up}',
      '14 App\\A {A}',
      '14 App\\B {B as Bee}',
      '15 ../bootstrap.php',
      '16 ../../vendor/autoload.php',
      '17 ./menu.php',
      '18 config/app.php',
      '20 Macroable {Macroable}',
      '20 Concerns\\Renders {Renders}',
    ];
    assert.deepEqual(importLines('php', text), expected);
    assert.deepEqual(importLines('php', text.replaceAll('\n', '\r\n')), expected);
  });

  const files = [
    'app/Models/Order.php',
    'app/Http/Page.php',
    'app/Http/Concerns/Renders.php',
    'app/Http/Macroable.php',
    'app/helpers.php',
    'legacy/Zend/Db/Table.php',
    'packages/pay/src/Card.php',
    'packages/pay/tests/CardTest.php',
    'config/app.php',
  ];
  const text =
    'use App\\Models\\Order;\nuse function App\\money;\nuse Pay\\Card;\nuse Zend_Db_Table;\nuse Illuminate\\Models\\Order;\nuse Macroable;\nuse Concerns\\Renders;\nrequire "config/app.php";';

  it('follow the namespaces of every composer.json', () => {
    const shop = importing(files, {
      'composer.json': JSON.stringify({
        autoload: { 'psr-4': { 'App\\': ['app/'] }, 'psr-0': { 'Zend\\': 'legacy' }, files: ['app/helpers.php'] },
      }),
      'packages/pay/composer.json': JSON.stringify({
        autoload: { 'psr-4': { 'Pay\\': 'src' } },
        'autoload-dev': { 'psr-4': { 'Pay\\Tests\\': 'tests/' } },
      }),
    });
    assert.deepEqual(shop('app/Http/Page.php', text), [
      ['app/Models/Order.php'],
      ['app/helpers.php'],
      ['packages/pay/src/Card.php'],
      [],
      [],
      ['app/Http/Macroable.php'],
      ['app/Http/Concerns/Renders.php'],
      ['config/app.php'],
    ]);
    assert.deepEqual(shop('app/Http/Page.php', 'use Zend\\Db\\Table;\nuse Pay\\Tests\\CardTest;'), [
      ['legacy/Zend/Db/Table.php'],
      ['packages/pay/tests/CardTest.php'],
    ]);
  });

  it('follow the folders where there is no composer.json, or a broken one', () => {
    for (const shop of [importing(files), importing(files, { 'composer.json': '{"autoload": {' })])
      assert.deepEqual(shop('app/Http/Page.php', 'use App\\Models\\Order;\nuse Zend\\Db\\Table;\nuse Foo\\Bar;'), [
        ['app/Models/Order.php'],
        ['legacy/Zend/Db/Table.php'],
        [],
      ]);
  });
});

describe("the shell's imports", () => {
  it('are found in every form', () => {
    const text = `#!/bin/bash
source lib/common.sh
. "./env.sh"
. "$(dirname "$0")/lib/a.sh"
source "$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd)/../b.sh" --fast
. \${BASH_SOURCE%/*}/c.sh
source "$LIB_DIR/d.sh"
source "\${ROOT}/lib/e.sh" || exit 1
[ -f ~/.bashrc ] && . ~/.bashrc
if [[ -f x ]]; then source 'my lib/f.sh'; fi
# source g.sh
# shellcheck source=lib/h.sh
source "$DYNAMIC"
echo "the source of"
cat <<EOF
source i.sh
EOF
echo $((1 <<x))
. /etc/profile
find . -name '*.sh'
`;
    const expected = [
      '2 lib/common.sh',
      '3 ./env.sh',
      '4 ./lib/a.sh',
      '5 ../b.sh',
      '6 ./c.sh',
      '7 d.sh',
      '8 lib/e.sh',
      '9 ~/.bashrc',
      '10 my lib/f.sh',
      '12 lib/h.sh',
      '19 /etc/profile',
    ];
    assert.deepEqual(importLines('bash', text), expected);
    assert.deepEqual(importLines('bash', text.replaceAll('\n', '\r\n')), expected);
  });

  it('lead to files beside, from the root, or by their ending', () => {
    const scripts = importing(['bin/run.sh', 'bin/lib/a.sh', 'lib/a.sh', 'lib/b.sh', 'deep/er/d.sh', 'etc/profile']);
    assert.deepEqual(
      scripts(
        'bin/run.sh',
        '. lib/a.sh\n. lib/b.sh\n. $X/d.sh\n. "$(dirname $0)/../lib/b.sh"\n. /etc/profile\n. none.sh',
      ),
      [['bin/lib/a.sh'], ['lib/b.sh'], ['deep/er/d.sh'], ['lib/b.sh'], [], []],
    );
  });
});
