import type { OutlineRules } from './rules.ts';

/** Java. A record's components are its properties. */
export const java: OutlineRules = {
  grammar: 'java',
  query: `
(class_declaration name: (_) @name body: (_) @body @members) @definition.class
(record_declaration name: (_) @name parameters: (_) @members body: (_) @body @members) @definition.class
(interface_declaration name: (_) @name body: (_) @body @members) @definition.interface
(annotation_type_declaration name: (_) @name body: (_) @body @members) @definition.interface
(enum_declaration name: (_) @name body: (_) @body @members) @definition.enum
(enum_body_declarations) @members
(enum_constant name: (_) @name body: (_) @body) @definition.enumMember
(enum_constant name: (_) @name) @definition.enumMember
(formal_parameters (formal_parameter name: (_) @name) @definition.property)
(method_declaration name: (_) @name body: (_) @body) @definition.method
(method_declaration name: (_) @name) @definition.method
(constructor_declaration name: (_) @name body: (_) @body) @definition.constructor
(compact_constructor_declaration name: (_) @name body: (_) @body) @definition.constructor
(annotation_type_element_declaration name: (_) @name) @definition.method
(field_declaration declarator: (variable_declarator name: (_) @name value: (_) @value)) @definition.property
(field_declaration declarator: (variable_declarator name: (_) @name)) @definition.property
(constant_declaration declarator: (variable_declarator name: (_) @name value: (_) @value)) @definition.property
(constant_declaration declarator: (variable_declarator name: (_) @name)) @definition.property
(ERROR) @members
`,
};

/** C#. What follows a file-scoped namespace stands beside it; operators and finalizers have no name and are left out. */
export const csharp: OutlineRules = {
  grammar: 'c-sharp',
  query: `
(namespace_declaration name: (_) @name body: (_) @body @members) @definition.module
(file_scoped_namespace_declaration name: (_) @name) @definition.module
(preproc_if) @members
(preproc_elif) @members
(preproc_else) @members
(global_statement) @members
(class_declaration name: (_) @name body: (_) @body @members) @definition.class
(struct_declaration name: (_) @name body: (_) @body @members) @definition.class
(record_declaration name: (_) @name (parameter_list)? @members body: (_) @body @members) @definition.class
(record_declaration name: (_) @name (parameter_list)? @members) @definition.class
(interface_declaration name: (_) @name body: (_) @body @members) @definition.interface
(enum_declaration name: (_) @name body: (_) @body @members) @definition.enum
(enum_member_declaration name: (_) @name) @definition.enumMember
(parameter_list (parameter name: (_) @name) @definition.property)
(delegate_declaration name: (_) @name) @definition.type
(local_function_statement name: (_) @name body: (_) @body) @definition.function
(method_declaration name: (_) @name body: (_) @body) @definition.method
(method_declaration name: (_) @name) @definition.method
(constructor_declaration name: (_) @name body: (_) @body) @definition.constructor
(property_declaration name: (_) @name accessors: (_) @body) @definition.property
(property_declaration name: (_) @name value: (_) @body) @definition.property
(indexer_declaration "this" @name accessors: (_) @body) @definition.property
(indexer_declaration "this" @name value: (_) @body) @definition.property
(event_declaration name: (_) @name accessors: (_) @body) @definition.property
(event_field_declaration (variable_declaration (variable_declarator name: (_) @name))) @definition.property
(field_declaration (variable_declaration (variable_declarator name: (_) @name (_) @value))) @definition.property
(field_declaration (variable_declaration (variable_declarator name: (_) @name))) @definition.property
(ERROR) @members
`,
};
