import { type CitationCase, lines } from './case.ts';

export const python: readonly CitationCase[] = [
  ['a method', '`add_item` refuses the 51st (`services/orders/orders.py:31-34`).', '✓ services/orders/orders.py:31-34'],
  [
    'a method from inside its class',
    '`Order` counts them (`services/orders/orders.py:32`).',
    '✓ services/orders/orders.py:32-32',
  ],
  [
    'a name with underscores without backticks',
    'Here shipping_cost decides (services/orders/orders.py:40-44).',
    '✓ services/orders/orders.py:40-44',
  ],
  [
    'a method that moved',
    '`shipping_cost` is in `services/orders/orders.py:70-74`.',
    '→ services/orders/orders.py:70-74 → services/orders/orders.py:40-44',
  ],
  [
    'a method after its decorator',
    '`total` is a property (`services/orders/orders.py:36`).',
    '✓ services/orders/orders.py:36-36',
  ],
  ['a constant', '`MAX_ITEMS` is 50 (`services/orders/orders.py:11`).', '✓ services/orders/orders.py:11-11'],
  [
    'a constant by its value',
    '`MAX_ITEMS = 50` (`services/orders/orders.py:11`).',
    '✓ services/orders/orders.py:11-11',
  ],
  [
    'a constant with another value',
    '`MAX_ITEMS = 100` (`services/orders/orders.py:11`).',
    '✗ services/orders/orders.py:11-11 (“MAX_ITEMS = 100” is not in this file)',
  ],
  [
    'a constant without backticks that is not there',
    'The limit is MAX_ORDERS (services/orders/orders.py:11).',
    '✗ services/orders/orders.py:11-11 (MAX_ORDERS is not in this file)',
  ],
  [
    'a string with its prefix',
    'It raises `OrderError(f"order {self.number} is {self.state.value}")` (`services/orders/orders.py:48`).',
    '✓ services/orders/orders.py:48-48',
  ],
  [
    'SQL in a string',
    'It runs `SELECT * FROM orders WHERE number = ?` (`services/orders/orders.py:55`).',
    '✓ services/orders/orders.py:55-55',
  ],
  [
    'SQL with other white space',
    'It runs `SELECT *  FROM orders\n  WHERE number=?` (`services/orders/orders.py:55`).',
    '✓ services/orders/orders.py:55-55',
  ],
  [
    'SQL that is not there',
    'It runs `SELECT id FROM orders WHERE id = ?` (`services/orders/orders.py:55`).',
    '✗ services/orders/orders.py:55-55 (“SELECT id FROM orders WHERE id = ?” is not in this file)',
  ],
  [
    'a dotted member',
    '`OrderState.PAID` is set at `services/orders/orders.py:49`.',
    '✓ services/orders/orders.py:49-49',
  ],
  [
    'a dotted member that is not there',
    '`OrderState.CANCELLED` is set at `services/orders/orders.py:49`.',
    '✗ services/orders/orders.py:49-49 (OrderState.CANCELLED is not in this file)',
  ],
  ['a dunder name', '`__all__` lists both (`services/orders/__init__.py:3`).', '✓ services/orders/__init__.py:3-3'],
  [
    'a dunder path without backticks',
    'Both are exported (services/orders/__init__.py:1-3).',
    '✓ services/orders/__init__.py:1-3',
  ],
  [
    'a class and a base',
    '`class OrderError(Exception)` (`services/orders/orders.py:21-22`).',
    '✓ services/orders/orders.py:21-22',
  ],
  [
    'a class by its decorator',
    '`@dataclass` marks it (`services/orders/orders.py:25`).',
    '✓ services/orders/orders.py:25-25',
  ],
  [
    'a signature without types',
    '`load_order(number, strict=True)` (`services/orders/orders.py:53`).',
    '✓ services/orders/orders.py:53-53',
  ],
  [
    'a signature with its types',
    '`def load_order(number: int, *, strict: bool = True) -> Order | None` (`services/orders/orders.py:53-58`).',
    '✓ services/orders/orders.py:53-58',
  ],
  [
    'a comment',
    'The comment "Large orders ship for free." says why (`services/orders/orders.py:41`).',
    '✓ services/orders/orders.py:41-41',
  ],
  [
    'a file with a byte order mark',
    'It begins with `import os` (`services/orders/bom.py:1`).',
    '✓ services/orders/bom.py:1-1',
  ],
  [
    'the last line of a file with a byte order mark',
    '`HOME` is read at `services/orders/bom.py:3`.',
    '✓ services/orders/bom.py:3-3',
  ],
  [
    'the nearest of many',
    '`step_3` computes it (`services/orders/steps.py:300-310`).',
    '→ services/orders/steps.py:300-310 → services/orders/steps.py:121-131',
  ],
  [
    'a line inside a long function',
    '`step_3` sets it (`services/orders/steps.py:150`).',
    '✓ services/orders/steps.py:150-150',
  ],
  [
    'a line of another function',
    '`step_3` sets it (`services/orders/steps.py:190`).',
    '→ services/orders/steps.py:190-190 → services/orders/steps.py:121-121',
  ],
  [
    'a value that stands once',
    'It computes `compute(77)` (`services/orders/steps.py:20`).',
    '→ services/orders/steps.py:20-20 → services/orders/steps.py:78-78',
  ],
  ['the last line', '`value_399` is the last (`services/orders/steps.py:400`).', '✓ services/orders/steps.py:400-400'],
  ['a test', 'The test `test_shipping_is_free` covers it (`tests/test_orders.py:6-9`).', '✓ tests/test_orders.py:6-9'],
  [
    'code below',
    lines(
      'The order is paid once (`services/orders/orders.py:46-50`):',
      '```python',
      'def pay(self) -> None:',
      '    if self.state is not OrderState.OPEN:',
      '        raise OrderError(f"order {self.number} is {self.state.value}")',
      '```',
    ),
    '✓ services/orders/orders.py:46-50',
  ],
  [
    'code below with another indentation',
    lines(
      'The order is paid once (`services/orders/orders.py:46-50`):',
      '```python',
      'if self.state is not OrderState.OPEN:',
      '  raise OrderError(f"order {self.number} is {self.state.value}")',
      'self.state = OrderState.PAID',
      '```',
    ),
    '✓ services/orders/orders.py:46-50',
  ],
  [
    'code above the place',
    lines('```python', 'FREE_SHIPPING_FROM = Decimal("49.90")', '```', '(`services/orders/orders.py:12`)'),
    '✓ services/orders/orders.py:12-12',
  ],
  [
    'code above a place that is off',
    lines('```python', 'FREE_SHIPPING_FROM = Decimal("49.90")', '```', 'Source: `services/orders/orders.py:40`'),
    '→ services/orders/orders.py:40-40 → services/orders/orders.py:12-12',
  ],
  [
    'code above that is invented',
    lines('```python', 'FREE_SHIPPING_FROM = Decimal("99.00")', '```', 'Source: `services/orders/orders.py:12`'),
    '✗ services/orders/orders.py:12-12 (the code shown is not in this file)',
  ],
  [
    'a name in a list of strings',
    '`Order` is read in `services/orders/__init__.py:3`.',
    '✓ services/orders/__init__.py:3-3',
  ],
  [
    'a name that stands once, and elsewhere',
    '`fetch_row` is asked in `services/orders/orders.py:20`.',
    '→ services/orders/orders.py:20-20 → services/orders/orders.py:55-55',
  ],
];
