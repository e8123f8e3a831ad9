import type { Node } from '@vscode/tree-sitter-wasm';

const names = new Set([
  'destructor_name',
  'field_identifier',
  'identifier',
  'operator_name',
  'qualified_identifier',
  'type_identifier',
]);

const wrappers = new Set([
  'array_declarator',
  'attributed_declarator',
  'function_declarator',
  'init_declarator',
  'parenthesized_declarator',
  'pointer_declarator',
  'reference_declarator',
  'template_function',
]);

/**
 * C writes a name inside what can be done with it: `*names[3] = {…}`, `(*callback)(int)`. This finds the name, whether
 * it is a function's, and the value that it begins with. A conversion operator has no name.
 */
export function readDeclarator(declarator: Node): { name: Node; called: boolean; value?: Node } | undefined {
  let called = false;
  let value: Node | undefined;
  let node: Node | null = declarator;
  while (node) {
    const { type }: Node = node;
    if (names.has(type)) return value ? { name: node, called, value } : { name: node, called };
    if (!wrappers.has(type)) return undefined;
    if (type === 'init_declarator') value = node.childForFieldName('value') ?? undefined;
    const inner: Node | null =
      node.childForFieldName('declarator') ?? node.childForFieldName('name') ?? node.namedChild(0);
    // A pointer to a function stands in parentheses, and is a variable.
    if (type === 'function_declarator') called = inner?.type !== 'parenthesized_declarator';
    node = inner;
  }
  return undefined;
}
