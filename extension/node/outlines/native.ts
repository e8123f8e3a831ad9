import type { OutlineRules } from './rules.ts';

/** Go. Methods stand beside their type, not in it. */
export const go: OutlineRules = {
  grammar: 'go',
  query: `
(function_declaration name: (_) @name body: (_) @body) @definition.function
(function_declaration name: (_) @name) @definition.function
(method_declaration name: (_) @name body: (_) @body) @definition.method
(type_declaration (type_spec name: (_) @name
  type: (struct_type (field_declaration_list) @body @members)) @definition.class)
(type_declaration (type_spec name: (_) @name type: (interface_type "{" @body) @members) @definition.interface)
(type_declaration [(type_spec name: (_) @name) (type_alias name: (_) @name)] @definition.type)
(field_declaration name: (_) @name) @definition.property
(field_declaration !name type: [
  (type_identifier) @name
  (qualified_type name: (_) @name)
  (generic_type type: (type_identifier) @name)
]) @definition.property
(method_elem name: (_) @name) @definition.method
(const_declaration) @members
(const_spec (identifier) @name value: (_) @value) @definition.variable
(const_spec (identifier) @name) @definition.variable
(var_declaration) @members
(var_spec_list) @members
(var_spec name: (identifier) @name value: (_) @value) @definition.variable
(var_spec name: (identifier) @name) @definition.variable
(ERROR) @members
`,
};

/** Rust. An `impl` is a class with its type's name; a trait is an interface. */
export const rust: OutlineRules = {
  grammar: 'rust',
  query: `
(attribute_item) @prefix
(function_item name: (_) @name body: (_) @body) @definition.function
(function_signature_item name: (_) @name) @definition.function
(struct_item name: (_) @name body: (field_declaration_list) @body @members) @definition.class
(struct_item name: (_) @name) @definition.class
(union_item name: (_) @name body: (_) @body @members) @definition.class
(enum_item name: (_) @name body: (_) @body @members) @definition.enum
(enum_variant name: (_) @name) @definition.enumMember
(field_declaration name: (_) @name) @definition.property
(trait_item name: (_) @name body: (_) @body @members) @definition.interface
(impl_item
  type: [
    (type_identifier) @name
    (scoped_type_identifier name: (_) @name)
    (generic_type type: [(type_identifier) @name (scoped_type_identifier name: (_) @name)])
    (reference_type) @name
    (array_type) @name
    (tuple_type) @name
    (pointer_type) @name
    (primitive_type) @name
    (dynamic_type) @name
  ]
  body: (_) @body @members) @definition.class
(associated_type name: (_) @name) @definition.type
(type_item name: (_) @name) @definition.type
(const_item name: (_) @name value: (_) @value) @definition.variable
(const_item name: (_) @name) @definition.variable
(static_item name: (_) @name value: (_) @value) @definition.variable
(static_item name: (_) @name) @definition.variable
(mod_item name: (_) @name body: (_) @body @members) @definition.module
(mod_item name: (_) @name) @definition.module
(macro_definition name: (_) @name . (_) @body) @definition.function
(foreign_mod_item body: (_) @members)
(ERROR) @members
`,
};

const classes = ['class_specifier', 'struct_specifier', 'union_specifier'];
const className = `[
  (type_identifier) @name
  (qualified_identifier) @name
  (template_type name: (_) @name)
]`;

/** A class or enum as it stands, as the type of what is declared, and as the type that a typedef names. */
const type = (node: string, kind: string): string => `
(${node} name: ${className} body: (_) @body @members) @definition.${kind}
(field_declaration type: (${node} name: ${className} body: (_) @body @members)) @definition.${kind}
(declaration type: (${node} name: ${className} body: (_) @body @members)) @definition.${kind}
(type_definition type: (${node} body: (_) @body @members) declarator: (type_identifier) @name) @definition.${kind}
(${node} !name body: (_) @members)
(field_declaration type: (${node} !name body: (_) @members) !declarator)
`;

/** C and C++. Forward declarations of types, macros without a value and conversion operators are left out. */
export const cpp: OutlineRules = {
  grammar: 'cpp',
  isConstructor: (name, className) => name === className,
  query: `
(preproc_if) @members
(preproc_ifdef) @members
(preproc_elif) @members
(preproc_else) @members
(linkage_specification body: (_) @members)
(template_declaration) @outer @members
(namespace_definition name: (_) @name body: (_) @body @members) @definition.module
(namespace_definition !name body: (_) @members)

(preproc_def name: (_) @name value: (_) @value) @definition.variable
(preproc_function_def name: (_) @name value: (_) @body) @definition.function

${classes.map((node) => type(node, 'class')).join('')}
${type('enum_specifier', 'enum')}
(enumerator name: (_) @name) @definition.enumMember
(alias_declaration name: (_) @name) @definition.type
(concept_definition name: (_) @name) @definition.type
(type_definition declarator: (_) @declarator) @definition.type

(function_definition declarator: (_) @declarator body: (_) @body) @definition.function
(function_definition declarator: (_) @declarator) @definition.function
(declaration declarator: (_) @declarator) @definition.variable
(field_declaration declarator: (_) @declarator default_value: (_) @value) @definition.property
(field_declaration declarator: (_) @declarator) @definition.property
(ERROR) @members
`,
};
