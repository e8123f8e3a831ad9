import type { OutlineRules } from './rules.ts';

const functionValue = `[
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)
]`;

/** An object whose entries are members: as it stands, or the one argument of a call such as `defineConfig({ … })`. */
const objects = '(object) @members (call_expression arguments: (arguments . (object) @members .))';

/** Patterns for each declarator of a top-level const, let or var. */
const declarator = (parts: string, captures: string): string =>
  ['lexical_declaration', 'variable_declaration']
    .map((statement) => `(${statement} (variable_declarator ${parts})) ${captures}`)
    .join('\n');

/** One declaration for each name that a destructuring introduces, two levels deep. */
function destructured(): string {
  const names = (inner: string): string => `
    (object_pattern [
      (shorthand_property_identifier_pattern) @name
      (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name)
      (pair_pattern value: [(identifier) @name (assignment_pattern left: (identifier) @name) ${inner}])
      (rest_pattern (identifier) @name)
    ])
    (array_pattern [
      (identifier) @name
      (assignment_pattern left: (identifier) @name)
      (rest_pattern (identifier) @name)
      ${inner}
    ])`;
  return declarator(`name: [${names(names(''))}] value: (_) @value`, '@definition.variable');
}

/**
 * What JavaScript and TypeScript share. `literals` are more ways to write an object literal, `field` the node and the
 * name's field of a class's field.
 */
const shared = (literals: string, field: string): string => `
; What a file requires is not its own.
${declarator('value: (call_expression function: (identifier) @_required (#eq? @_required "require"))', '@skip')}
${declarator(
  'value: (member_expression object: (call_expression function: (identifier) @_required (#eq? @_required "require")))',
  '@skip',
)}

(export_statement declaration: (_)) @outer @members
(export_statement "default" @name value: ${functionValue}) @definition.function
(export_statement "default" @name value: (class body: (_) @body @members)) @definition.class
(export_statement "default" @name value: [${objects} ${literals}] @value) @definition.variable
(export_statement "default" @name value: (call_expression) @value) @definition.variable
(export_statement "default" @name value: (new_expression) @value) @definition.variable

(function_declaration name: (_) @name body: (_) @body) @definition.function
(generator_function_declaration name: (_) @name body: (_) @body) @definition.function
(class_declaration name: (_) @name body: (_) @body @members) @definition.class

${declarator(`name: (identifier) @name value: ${functionValue}`, '@definition.function')}
${declarator('name: (identifier) @name value: (class body: (_) @body @members)', '@definition.class')}
${declarator(`name: (identifier) @name value: [${objects} ${literals}] @value`, '@definition.variable')}
${declarator('name: (identifier) @name value: (_) @value', '@definition.variable')}
${declarator('name: (identifier) @name', '@definition.variable')}
${destructured()}

; A class's members, and an object's.
(decorator) @prefix
(method_definition ["get" "set"] name: (_) @name body: (_) @body) @definition.property
(method_definition name: (_) @name body: (_) @body) @definition.method
(${field}: (_) @name value: ${functionValue}) @definition.method
(${field}: (_) @name value: (_) @value) @definition.property
(${field}: (_) @name) @definition.property
(pair key: (_) @name value: ${functionValue}) @definition.method
(pair key: (_) @name value: (_) @value) @definition.property
`;

const javascriptOnly = `
; CommonJS, and functions that are assigned to what they belong to.
(expression_statement (assignment_expression
  left: (member_expression object: (identifier) @_module property: (property_identifier) @name)
  right: [${objects}] @value)
  (#eq? @_module "module") (#eq? @name "exports")) @definition.variable
(expression_statement (assignment_expression
  left: (member_expression property: (property_identifier) @name)
  right: ${functionValue})) @definition.function
(expression_statement (assignment_expression
  left: (member_expression property: (property_identifier) @name)
  right: (class body: (_) @body @members))) @definition.class
(expression_statement (assignment_expression
  left: (member_expression object: (identifier) @_exports property: (property_identifier) @name)
  right: [
    (string) (number) (object) (array) (call_expression) (new_expression) (template_string) (regex)
    (binary_expression) (true) (false)
  ] @value)
  (#eq? @_exports "exports")) @definition.variable
(expression_statement (assignment_expression
  left: (member_expression
    object: (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
    property: (property_identifier) @name)
  right: [
    (string) (number) (object) (array) (call_expression) (new_expression) (template_string) (regex)
    (binary_expression) (true) (false)
  ] @value)
  (#eq? @_module "module") (#eq? @_exports "exports")) @definition.variable
`;

const typescriptOnly = `
(ambient_declaration (statement_block) @members)
(ambient_declaration) @outer @members
(function_signature name: (_) @name) @definition.function
(abstract_class_declaration name: (_) @name body: (_) @body @members) @definition.class
(interface_declaration name: (_) @name body: (_) @body @members) @definition.interface
(enum_declaration name: (_) @name body: (_) @body @members) @definition.enum
(expression_statement (internal_module name: (_) @name body: (_) @body @members)) @definition.module
(internal_module name: (_) @name body: (_) @body @members) @definition.module
(module name: (_) @name body: (_) @body @members) @definition.module
(type_alias_declaration name: (_) @name value: [
  (object_type) @members
  (intersection_type (object_type) @members)
]) @definition.type
(type_alias_declaration name: (_) @name) @definition.type
(import_alias . (identifier) @name) @definition.variable

(method_definition parameters: (formal_parameters (required_parameter
  [(accessibility_modifier) (override_modifier) "readonly"]
  pattern: (identifier) @name) @definition.property))
(method_definition parameters: (formal_parameters (optional_parameter
  [(accessibility_modifier) (override_modifier) "readonly"]
  pattern: (identifier) @name) @definition.property))
(method_signature ["get" "set"] name: (_) @name) @definition.property
(method_signature name: (_) @name) @definition.method
(abstract_method_signature ["get" "set"] name: (_) @name) @definition.property
(abstract_method_signature name: (_) @name) @definition.method
(property_signature name: (_) @name) @definition.property
(enum_assignment name: (_) @name) @definition.enumMember
(enum_body [(property_identifier) (string)] @name @definition.enumMember)
`;

const assertions = `
  (as_expression [${objects} (as_expression [${objects}])])
  (satisfies_expression [${objects} (as_expression [${objects}])])`;

const typescriptQuery = shared(assertions, 'public_field_definition name') + typescriptOnly;

/** JavaScript, with JSX and CommonJS. */
export const javascript: OutlineRules = {
  grammar: 'javascript',
  query: `${shared('', 'field_definition property')}${javascriptOnly}\n(ERROR) @members`,
  isConstructor: (name) => name === 'constructor',
};

/** TypeScript, declaration files included. */
export const typescript: OutlineRules = {
  grammar: 'typescript',
  query: `${typescriptQuery}\n(ERROR) @members`,
  isConstructor: (name) => name === 'constructor',
};

/** TypeScript with JSX, where types cannot be asserted with angle brackets. */
export const tsx: OutlineRules = { ...typescript, grammar: 'tsx' };
