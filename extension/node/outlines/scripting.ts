import type { OutlineRules } from './rules.ts';

/** Python. A function's body begins at its colon: comments before the first statement are no part of the head. */
export const python: OutlineRules = {
  grammar: 'python',
  assigns: true,
  query: `
(decorated_definition) @outer @members
(class_definition name: (_) @name ":" @body body: (_) @members) @definition.class
(function_definition name: (_) @name ":" @body) @definition.function
(type_alias_statement left: (type [(identifier) @name (generic_type . (identifier) @name)])) @definition.type
(expression_statement (assignment left: (identifier) @name right: (_) @value)) @definition.variable
(expression_statement (assignment left: (identifier) @name)) @definition.variable
(expression_statement (assignment
  left: [(pattern_list (identifier) @name) (tuple_pattern (identifier) @name)] right: (_) @value)) @definition.variable

; The attributes that a constructor sets are its class's.
((function_definition name: (_) @_init body: (block (expression_statement (assignment
    left: (attribute object: (identifier) @_self attribute: (identifier) @name)
    right: (_) @value)) @definition.property))
  (#eq? @_init "__init__") (#eq? @_self "self"))
((function_definition name: (_) @_init body: (block (expression_statement (assignment
    left: (attribute object: (identifier) @_self attribute: (identifier) @name) !right)) @definition.property))
  (#eq? @_init "__init__") (#eq? @_self "self"))

; Branches declare for the whole file, except what only runs as a script.
((if_statement condition: (_) @_condition [
    consequence: (block) @members
    alternative: (else_clause body: (block) @members)
    alternative: (elif_clause consequence: (block) @members)
  ])
  (#not-match? @_condition "__name__"))
(try_statement [
  body: (block) @members
  (except_clause (block) @members)
  (else_clause body: (block) @members)
  (finally_clause (block) @members)
])
(with_statement body: (block) @members)
(ERROR) @members
`,
};

/** Ruby, whose bodies have no bracket: heads end with the parameters or the superclass. */
export const ruby: OutlineRules = {
  grammar: 'ruby',
  assigns: true,
  query: `
(module name: (_) @name @head body: (_)? @members) @definition.module
(class name: (_) @name @head superclass: (_)? @head body: (_)? @members) @definition.class
(singleton_class body: (_) @members)
(method name: (_) @name @head parameters: (_)? @head) @definition.function
(singleton_method name: (_) @name @head parameters: (_)? @head) @definition.function
(call arguments: (argument_list [(method) (singleton_method)]) @members) @outer
(assignment left: (constant) @name
  right: (call block: (_ body: (_) @body @members)) @_class
  (#match? @_class "^(Struct|Class|Module|Data)\\\\.")) @definition.class
(assignment left: (constant) @name right: (_) @value) @definition.variable
(assignment left: (left_assignment_list (constant) @name) right: (_) @value) @definition.variable
((call method: (identifier) @_maker arguments: (argument_list (simple_symbol) @name)) @definition.property
  (#match? @_maker "^(c?attr|mattr)_(accessor|reader|writer)$"))
(ERROR) @members
`,
};

/** Bash and its relatives. */
export const bash: OutlineRules = {
  grammar: 'bash',
  assigns: true,
  query: `
(function_definition name: (_) @name body: (_) @body) @definition.function
(variable_assignment name: (variable_name) @name value: (_) @value) @definition.variable
(variable_assignments (variable_assignment name: (variable_name) @name value: (_) @value) @definition.variable)
(declaration_command (variable_assignment name: (variable_name) @name value: (_) @value)) @definition.variable
(declaration_command (variable_name) @name) @definition.variable
(if_statement) @members
(ERROR) @members
`,
};

/** PHP. Names stand without their dollar sign. */
export const php: OutlineRules = {
  grammar: 'php',
  isConstructor: (name) => name === '__construct',
  query: `
(namespace_definition body: (_) @members)
(if_statement body: (compound_statement) @members)
(class_declaration name: (_) @name body: (_) @body @members) @definition.class
(trait_declaration name: (_) @name body: (_) @body @members) @definition.class
(interface_declaration name: (_) @name body: (_) @body @members) @definition.interface
(enum_declaration name: (_) @name body: (_) @body @members) @definition.enum
(function_definition name: (_) @name body: (_) @body) @definition.function
(method_declaration name: (_) @name body: (_) @body) @definition.method
(method_declaration name: (_) @name) @definition.method
(method_declaration parameters: (formal_parameters
  (property_promotion_parameter name: (variable_name (name) @name)) @definition.property))
(property_declaration (property_element
  name: (variable_name (name) @name) default_value: (_) @value)) @definition.property
(property_declaration (property_element name: (variable_name (name) @name))) @definition.property
(const_declaration (const_element . (name) @name (_) @value)) @definition.variable
(enum_case name: (_) @name) @definition.enumMember
(expression_statement (function_call_expression function: (name) @_define
  arguments: (arguments . (argument (string) @name)))
  (#eq? @_define "define")) @definition.variable
(ERROR) @members
`,
};
