import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importing, importLines } from '../../support/imports.ts';

describe("Go's imports", () => {
  it('are found alone and in blocks', () => {
    const text = `// Package shop sells.
package shop

/*
import "nothing"
*/
import "fmt"
import (
	"os" // comment
	_ "example.com/shop/driver"
	. "example.com/shop/dsl"
	tx "example.com/shop/tax"

	// "commented"
	"example.com/shop/v2"
	"gopkg.in/yaml.v3"
	\`example.com/go-cart\`
)
import ("a"; "b")

var code = \`
import "neither"
\`
`;
    const expected = [
      '7 fmt as fmt',
      '9 os as os',
      '10 example.com/shop/driver',
      '11 example.com/shop/dsl',
      '12 example.com/shop/tax as tx',
      '15 example.com/shop/v2 as shop',
      '16 gopkg.in/yaml.v3 as yaml',
      '17 example.com/go-cart as cart',
      '19 a as a',
      '19 b as b',
    ];
    assert.deepEqual(importLines('go', text), expected);
    assert.deepEqual(importLines('go', text.replaceAll('\n', '\r\n')), expected);
    assert.deepEqual(importLines('go', 'import (\n\t"a"\n\nfunc main() { x("b") }'), ['2 a as a']);
  });

  const files = [
    'main.go',
    'tax/tax.go',
    'tax/doc.go',
    'tax/a.go',
    'tax/tax_test.go',
    'pay/card/card.go',
    'forked/x.go',
  ];
  const text =
    'import (\n"fmt"\n"example.com/shop/tax"\n"example.com/pay/card"\n"example.com/shop"\n"github.com/up/x"\n"example.com/shopping/tax"\n)';

  it('lead to the files of packages in any module, replaced ones too', () => {
    const shop = importing(files, {
      'go.mod':
        'module example.com/shop // shop\n\ngo 1.22\n\nreplace (\n\tgithub.com/up/x v1.2.0 => ./forked\n\tother.com/y => other.com/z v1\n)\n',
      'pay/go.mod': 'module example.com/pay\r\nreplace github.com/up/y => ../forked\r\n',
    });
    assert.deepEqual(shop('cmd/main.go', text), [
      [],
      ['tax/tax.go', 'tax/a.go', 'tax/doc.go'],
      ['pay/card/card.go'],
      ['main.go'],
      ['forked/x.go'],
      [],
    ]);
    assert.deepEqual(shop('main.go', 'import "github.com/up/y"'), [[]]);
    assert.deepEqual(shop('pay/card/card.go', 'import "github.com/up/y"'), [['forked/x.go']]);
  });

  it('do without go.mod', () => {
    assert.deepEqual(importing(files)('main.go', 'import "fmt"\nimport "github.com/acme/shop/tax"'), [
      [],
      ['tax/tax.go', 'tax/a.go', 'tax/doc.go'],
    ]);
  });
});

describe("Java's imports", () => {
  it('are found in every form', () => {
    const text = `/*
import a.nothing.Here;
 */
package shop;

import java.util.List;
import static org.junit.Assert.assertEquals;
import static shop.tax.Rates.*;
import shop.model.*;
import shop.model.Order.Line;
class A {
  String s = """
import neither.Here;
""";
}
`;
    const expected = [
      '6 java.util.List {List}',
      '7 org.junit.Assert {assertEquals}',
      '8 shop.tax.Rates',
      '9 shop.model',
      '10 shop.model.Order.Line {Line}',
    ];
    assert.deepEqual(importLines('java', text), expected);
    assert.deepEqual(importLines('java', text.replaceAll('\n', '\r\n')), expected);
  });

  it('lead to classes, outer classes and packages, the nearest of several', () => {
    const shop = importing([
      'app/src/main/java/shop/tax/Rates.java',
      'app/src/main/java/shop/model/Order.java',
      'app/src/main/java/shop/model/Item.kt',
      'app/src/main/java/shop/App.java',
      'old/src/main/java/shop/model/Order.java',
      'old/src/main/java/shop/Main.java',
      'app/src/main/java/shop/util/List.java',
    ]);
    assert.deepEqual(
      shop(
        'app/src/main/java/shop/App.java',
        'import shop.model.Order;\nimport shop.model.Order.Line;\nimport static shop.tax.Rates.vat;\nimport static shop.tax.Rates.*;\nimport shop.model.*;\nimport java.util.List;\nimport util.*;',
      ),
      [
        ['app/src/main/java/shop/model/Order.java'],
        ['app/src/main/java/shop/model/Order.java'],
        ['app/src/main/java/shop/tax/Rates.java'],
        ['app/src/main/java/shop/tax/Rates.java'],
        ['app/src/main/java/shop/model/Order.java', 'app/src/main/java/shop/model/Item.kt'],
        [],
        [],
      ],
    );
    assert.deepEqual(shop('old/src/main/java/shop/Main.java', 'import shop.model.Order;'), [
      ['old/src/main/java/shop/model/Order.java'],
    ]);
  });
});

describe("C#'s usings", () => {
  it('are found, and using statements are not', () => {
    const text = `global using System;
using Shop.Core.Tax;
using static Shop.Core.Rates;
using Money = Shop.Core.Amount;
using Map = System.Collections.Generic.Dictionary<string, Shop.Item>;
/* using Shop.Nothing;
using Shop.Nothing;
*/
namespace Shop.Web
{
    using Shop.Data;
    class A {
        void F() {
            using (var a = B()) {}
            using var c = D();
            using C e = new();
            var s = @"
using Shop.Neither;
";
        }
    }
}
`;
    const expected = [
      '1 System',
      '2 Shop.Core.Tax',
      '3 Shop.Core.Rates',
      '4 Shop.Core.Amount {Amount as Money}',
      '5 System.Collections.Generic.Dictionary {Dictionary as Map}',
      '11 Shop.Data',
    ];
    assert.deepEqual(importLines('csharp', text), expected);
    assert.deepEqual(importLines('csharp', text.replaceAll('\n', '\r\n')), expected);
  });

  it('lead to folders by projects, or by their ends', () => {
    const shop = importing([
      'src/Core/Shop.Core.csproj',
      'src/Core/Rates.cs',
      'src/Core/Tax/Vat.cs',
      'src/Shop.Web/Pages/Home.cs',
      'src/Shop.Web/Models/Page.cs',
      'src/Shop.Data/Models/Row.cs',
    ]);
    assert.deepEqual(
      shop(
        'src/Shop.Web/Pages/Home.cs',
        'using System;\nusing Shop.Core.Tax;\nusing static Shop.Core.Rates;\nusing R = Shop.Core.Rates;\nusing Shop.Data.Models;\nusing Shop.Core;\nusing Microsoft.Web.Models;\nusing System.Data.Models;\nusing Shop.Models;\nusing Acme.Models;',
      ),
      [
        [],
        ['src/Core/Tax/Vat.cs'],
        ['src/Core/Rates.cs'],
        ['src/Core/Rates.cs'],
        ['src/Shop.Data/Models/Row.cs'],
        ['src/Core/Rates.cs'],
        [],
        [],
        ['src/Shop.Web/Models/Page.cs'],
        [],
      ],
    );
  });
});

describe("Rust's uses", () => {
  it('are found with all that their groups name', () => {
    const text = `use std::collections::HashMap;
pub use crate::tax::{self, rates::{Rate, Vat as Tax}, *};
pub(crate) mod cart;
#[path = "odd/place.rs"]
mod place;
extern crate serde_json as json;
/*
use crate::nothing;
*/
use super::item::Item as _;
use ::log;
use crate::{
    a::b, // comment
    c::{D},
};
macro_rules! m { () => {
    use $crate::neither::X;
} }
fn f() { let s = r#"
use crate::nor;
"#; }
    use super::inside;
mod tests {
    use super::*;
    use super::cart::Cart;
    use super::super::far::Far;
}
`;
    const expected = [
      '1 std::collections {HashMap}',
      '2 crate {tax} again',
      '2 crate::tax::rates {Rate} again',
      '2 crate::tax::rates {Vat as Tax} again',
      '2 crate::tax again',
      '3 self::cart as cart',
      '4-5 odd/place.rs as place',
      '6 serde_json as json',
      '10 super::item {Item as _}',
      '11 log as log',
      '12-15 crate::a {b}',
      '12-15 crate::c {D}',
      '22 super {inside}',
      '24 self',
      '25 self::cart {Cart}',
      '26 super::far {Far}',
    ];
    assert.deepEqual(importLines('rust', text), expected);
    assert.deepEqual(importLines('rust', text.replaceAll('\n', '\r\n')), expected);
    assert.deepEqual(importLines('rust', 'use crate::\nuse a::b;\nuse {c::d, e};'), ['2 a {b}', '3 c {d}', '3 e as e']);
  });

  const files = [
    'src/lib.rs',
    'src/main.rs',
    'src/tax/mod.rs',
    'src/tax/rates.rs',
    'src/cart.rs',
    'src/cart/item.rs',
    'src/bin/tool.rs',
    'src/bin/helper.rs',
    'tests/end.rs',
    'tests/common/mod.rs',
    'crates/pay-card/src/lib.rs',
    'crates/pay-card/src/net.rs',
    'crates/old/lib/top.rs',
    'crates/old/lib/deep/er.rs',
    'crates/old/lib/deep/mod.rs',
    'crates/old/lib/log.rs',
  ];
  const manifests = {
    'Cargo.toml':
      '[workspace]\nmembers = [\n  "crates/*",\n]\n[package]\nname = "shop"\nedition = "2021"\n[dependencies]\ncards = { path = "crates/pay-card", package = "pay-card" }\n',
    'crates/pay-card/Cargo.toml': "[package]\r\nname = 'pay-card' # card\r\nedition.workspace = true\r\n",
    'crates/old/Cargo.toml': '[package]\nname = "old"\n[lib]\npath = "lib/top.rs"\n',
  };
  const shop = importing(files, manifests);

  it('follow the tree of modules', () => {
    assert.deepEqual(
      shop(
        'src/cart/item.rs',
        'use crate::tax::rates::Rate;\nuse crate::tax::rates;\nuse super::Cart;\nuse crate::Shop;\nuse self::x;',
      ),
      [['src/tax/rates.rs'], ['src/tax/rates.rs', 'src/tax/mod.rs'], ['src/cart.rs'], ['src/lib.rs'], []],
    );
    assert.deepEqual(shop('src/cart.rs', 'mod item;\nuse item::Item;\nuse super::tax;\nuse tax::x;\nuse std::io;'), [
      ['src/cart/item.rs'],
      ['src/cart/item.rs'],
      ['src/tax/mod.rs', 'src/lib.rs'],
      [],
      [],
    ]);
    assert.deepEqual(shop('src/tax/mod.rs', 'mod rates;\npub use rates::*;\nuse super::cart::item::Item;'), [
      ['src/tax/rates.rs'],
      ['src/tax/rates.rs'],
      ['src/cart/item.rs'],
    ]);
  });

  it('know crates, programs and tests', () => {
    assert.deepEqual(shop('src/main.rs', 'use shop::cart::Cart;\nuse cards::net;\nuse pay_card::Card;'), [
      ['src/cart.rs'],
      ['crates/pay-card/src/net.rs', 'crates/pay-card/src/lib.rs'],
      ['crates/pay-card/src/lib.rs'],
    ]);
    assert.deepEqual(shop('tests/end.rs', 'mod common;\nuse crate::common::setup;\nuse shop::tax;'), [
      ['tests/common/mod.rs'],
      ['tests/common/mod.rs'],
      ['src/tax/mod.rs', 'src/lib.rs'],
    ]);
    assert.deepEqual(shop('src/bin/tool.rs', 'mod helper;\nuse crate::helper::x;'), [
      ['src/bin/helper.rs'],
      ['src/bin/helper.rs'],
    ]);
    assert.deepEqual(shop('crates/old/lib/deep/er.rs', 'use deep::x;\nuse crate::Y;\nuse log::info;'), [
      ['crates/old/lib/deep/mod.rs'],
      ['crates/old/lib/top.rs'],
      ['crates/old/lib/log.rs'],
    ]);
  });

  it('do without manifests, and with broken ones', () => {
    for (const each of [importing(files), importing(files, { 'Cargo.toml': '[package\nname = \n"' })])
      assert.deepEqual(each('src/cart.rs', 'use crate::tax::rates::Rate;\nuse crate::Shop;'), [
        ['src/tax/rates.rs'],
        ['src/lib.rs'],
      ]);
  });
});

describe("C's and C++'s includes", () => {
  it('are found in every form', () => {
    const text = `#include <vector>
#  include "tax/rates.h" // comment
#import "Cart.h"
/*
#include "nothing.h"
*/
// #include "neither.h"
const char *s = R"x(
#include "nor.h"
)x";
#include_next <shop/x.hpp>
#include MACRO
`;
    const expected = ['1 <vector>', '2 tax/rates.h', '3 Cart.h', '11 <shop/x.hpp>'];
    assert.deepEqual(importLines('cpp', text), expected);
    assert.deepEqual(importLines('cpp', text.replaceAll('\n', '\r\n')), expected);
  });

  it('lead to headers and to what implements them', () => {
    const shop = importing([
      'include/shop/tax.h',
      'include/shop/string.h',
      'include/string.h',
      'src/shop/tax.cc',
      'src/shop/cart.h',
      'src/shop/cart.cpp',
      'src/main.cpp',
      'other/tax.cc',
      'other/util.h',
      'third/x/util.h',
      'third/x/util-inl.h',
    ]);
    assert.deepEqual(
      shop(
        'src/main.cpp',
        '#include "shop/cart.h"\n#include <shop/tax.h>\n#include "util.h"\n#include <vector>\n#include <string.h>\n#include "../other/util.h"\n#include "../../x/util.h"',
      ),
      [
        ['src/shop/cart.h', 'src/shop/cart.cpp'],
        ['include/shop/tax.h', 'src/shop/tax.cc'],
        ['other/util.h', 'third/x/util.h', 'third/x/util-inl.h'],
        [],
        ['include/string.h'],
        ['other/util.h'],
        ['third/x/util.h', 'third/x/util-inl.h'],
      ],
    );
    // A file that includes itself, or its own header, does not count itself.
    assert.deepEqual(shop('src/shop/cart.cpp', '#include "cart.h"\n#include "cart.cpp"'), [['src/shop/cart.h'], []]);
  });
});
