import { applies, block, type Case, refuses, whole } from './case.ts';

type Row = readonly [path: string, before: string, search: string, replace: string];

/** Replacements in which a line stands for others that were left out. */
const elided: readonly Row[] = [
  ['a.ts', 'function a() {\n  b();\n  c();\n}\n', '  b();\n  c();', '  d();\n  // ... existing code ...'],
  ['b.ts', 'a();\nb();\n', 'a();\nb();', '// ...\nb2();'],
  ['c.ts', 'a();\nb();\n', 'a();\nb();', '/* ... */\nb2();'],
  ['d.ts', 'a();\nb();\n', 'a();', 'a2();\n// rest of the code'],
  ['e.ts', 'a();\nb();\n', 'a();', 'a2();\n// existing code'],
  ['f.ts', 'a();\nb();\n', 'a();', 'a2();\n// ... other methods'],
  ['g.tsx', '<A>\n  <B />\n</A>\n', '  <B />', '  <C />\n  {/* ... existing children ... */}'],
  ['h.ts', 'a();\nb();\n', 'a();', 'a2();\n// The rest of the file remains unchanged.'],
  ['i.ts', 'a();\nb();\n', 'a();', 'a2();\n// …'],
  ['j.ts', 'a();\nb();\n', 'a();', 'a2();\n// Other functions remain the same'],
  ['k.js', 'a();\nb();\n', 'a();', 'a2();\n// (unchanged)'],
  ['a.py', 'def a():\n    b()\n    return 1\n', '    b()\n    return 1', '    ...\n    return 2'],
  ['b.py', 'a()\nb()\n', 'a()', 'a2()\n# rest unchanged'],
  ['c.py', 'a()\nb()\n', 'a()', 'a2()\n# ... rest of the function ...'],
  ['d.py', 'class A:\n    a = 1\n    b = 2\n', '    a = 1\n    b = 2', '    a = 3\n    # existing fields...'],
  ['e.py', 'a()\nb()\n', 'a()\nb()', '...'],
  ['f.py', 'def a():\n    b()\n', '    b()', '    """..."""\n    c()'],
  ['a.go', 'func a() {\n\tb()\n}\n', '\tb()', '\tc()\n\t// ... (same as before)'],
  ['a.rs', 'fn a() {\n    b();\n}\n', '    b();', '    c();\n    // ... unchanged ...'],
  ['A.java', 'class A {\n  int a;\n}\n', '  int a;', '  long a;\n  // remaining methods unchanged'],
  ['a.css', '.a {\n  top: 0;\n}\n', '  top: 0;', '  top: 1px;\n  /* other rules stay the same */'],
  ['a.html', '<p>\n<b></b>\n</p>\n', '<b></b>', '<i></i>\n<!-- ... rest of the content ... -->'],
  ['a.md', '# A\n\ntext\n', 'text', 'other text\n\n...'],
  ['b.md', '# A\n\ntext\n', 'text', 'other text\n\n[...]'],
  ['a.yml', 'a: 1\nb: 2\n', 'a: 1', 'a: 2\n# ... existing config'],
  ['b.yml', 'a: 1\nb: 2\n', 'a: 1\nb: 2', 'a: 2\n...\nc: 3'],
  ['a.sql', 'select a\nfrom b;\n', 'select a', 'select c\n-- ... remaining columns'],
  ['a.lisp', '(a)\n(b)\n', '(a)', '(c)\n;; ... other code'],
  ['甲.ts', 'a();\nb();\n', 'a();', 'a2();\n// ... 其余代码不变 ...'],
  ['乙.py', 'a()\nb()\n', 'a()', 'a2()\n# 其余代码保持不变'],
  ['丙.java', 'a();\nb();\n', 'a();', 'a2();\n// 省略其他方法'],
  ['丁.css', 'a {}\nb {}\n', 'a {}', 'c {}\n/* 其他样式不变 */'],
  ['戊.md', '甲\n乙\n', '甲', '丙\n<!-- 其余部分不变 -->'],
];

/** Searches in which a line stands for others. */
const elidedSearches: readonly Row[] = [
  ['a.ts', 'a() {\n  b();\n  c();\n}\n', 'a() {\n  // ...\n}', 'd() {\n}'],
  ['a.py', 'def a():\n    b()\n    c()\n', 'def a():\n    ...\n    c()', 'def a():\n    c()'],
  ['a.go', 'func a() {\n\tb()\n\tc()\n}\n', 'func a() {\n\t// ... existing code ...\n}', 'func d() {\n}'],
  ['a.css', '.a {\n  top: 0;\n}\n', '.a {\n  /* ... */\n}', '.b {\n}'],
  ['a.yml', 'a:\n  b: 1\n  c: 2\n', 'a:\n  # rest unchanged\n  c: 2', 'a:\n  c: 3'],
  ['甲.py', 'def a():\n    b()\n', 'def a():\n    # 此处省略', 'def c():'],
];

/** Whole files in which lines are left out. */
const elidedFiles: readonly (readonly [path: string, text: string])[] = [
  ['a.ts', "import a from 'a';\n\n// ... existing code ..."],
  ['a.py', 'import a\n\n# rest of the file unchanged'],
  ['a.md', '# A\n\n...\n\n## B'],
];

/** Lines that look a little like that, and are not: they go into the file. */
const meant: readonly Row[] = [
  ['a.ts', 'f(a);\n', 'f(a);', 'f(\n  ...rest,\n  ...other\n);'],
  ['b.ts', 'a();\n', 'a();', '// Loading the other pages...\na();'],
  ['c.ts', 'a();\n', 'a();', "log('...');\n// The rest is read lazily, when someone asks for it."],
  ['d.ts', 'a();\n', 'a();', 'const { a, ...others } = b;'],
  [
    'e.ts',
    '  // ... existing code ...\n  a();\n',
    '  // ... existing code ...\n  a();',
    '  // ... existing code ...\n  b();',
  ],
  ['a.pyi', 'def a() -> int: ...\n', 'def a() -> int: ...', 'def a() -> int:\n    ...\n\ndef b() -> int:\n    ...'],
  [
    'a.py',
    'class A(Protocol):\n    x: int\n',
    '    x: int',
    '    x: int\n\n    def f(self) -> int:\n        """What it is."""\n        ...',
  ],
  ['b.py', 'x = a[1]\n', 'x = a[1]', 'x = a[..., 1]\ny: tuple[int, ...] = x'],
  ['a.go', 'f(a)\n', 'f(a)', 'f(a...)\nxs = append(xs, ys...)'],
  ['a.rs', 'let a = 1;\n', 'let a = 1;', 'let [first, .., last] = a;\nfor i in 0..=9 {}'],
  ['a.yml', 'a: 1\n', 'a: 1', 'a: 2\n...\n---\nb: 1'],
  ['a.md', 'text\n', 'text', 'And so on ... and on.\n\nThe rest of the file is not read.'],
  ['a.sh', 'a\n', 'a', '# Other targets are built first\nmake ...all'],
  ['a.c', '#include <a.h>\n', '#include <a.h>', '#include <a.h>\n#include <stdarg.h>\nint f(const char *format, ...);'],
  ['甲.md', '甲\n', '甲', '等等……就这样。\n其他人都走了。'],
  ['A.java', 'a();\n', 'a();', '// Existing accounts are kept when the name is the same as before the change.\na();'],
];

/** Lines left out, and lines that only look so. */
export const elisions: readonly Case[] = [
  ...[...elided, ...elidedSearches].map(([path, before, search, replace], at) =>
    refuses(`left out ${at}: ${path}`, { [path]: before }, block(path, search, replace), path, 'lines left out'),
  ),
  ...elidedFiles.flatMap(([path, text]) => [
    refuses(`file with lines left out: ${path}`, { [path]: 'old\n' }, whole(path, text), path, 'lines left out'),
    refuses(`new file with lines left out: ${path}`, {}, block(path, '', text), path, 'lines left out'),
  ]),
  ...meant.map(([path, before, search, replace], at) =>
    applies(`meant ${at}: ${path}`, { [path]: before }, block(path, search, replace), {
      [path]: before.replace(search, () => replace),
    }),
  ),
];
