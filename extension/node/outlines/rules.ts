/**
 * How the declarations of one grammar are found. The query is run on each container's children; its patterns begin at
 * a child, or at the container itself. Where two patterns capture the same name, the earlier one counts. It captures
 *
 * - `@definition.<kind>` and `@name`: a declaration, and the name it has
 * - `@declarator`: what holds the name instead, in C
 * - `@body`: where the body begins, and so the head ends
 * - `@head`: where the head ends at this node's end, in languages whose bodies are not enclosed
 * - `@value`: a value that is part of the head when it is short
 * - `@members`: a node whose children are declared inside; without a definition they belong to the container around
 * - `@outer`: a node around a declaration that begins it, such as an `export`; what it holds is in `@members`
 * - `@prefix`: a decorator or attribute that stands beside the declaration it belongs to
 * - `@skip`: a definition that is none
 */
export interface OutlineRules {
  /** The grammar's file is `tree-sitter-<grammar>.wasm`. */
  readonly grammar: string;
  readonly query: string;
  /** Whether a class's function of this name constructs it. */
  readonly isConstructor?: (name: string, className: string) => boolean;
  /** Whether variables are declared by assigning to them, so that only the first assignment is a declaration. */
  readonly assigns?: true;
}
