/** What a declaration is, in the words of the Language Server Protocol's symbol kinds. */
export type DeclarationKind =
  | 'class'
  | 'constructor'
  | 'enum'
  | 'enumMember'
  | 'function'
  | 'interface'
  | 'method'
  | 'module'
  | 'property'
  | 'type'
  | 'variable';

/** Something with a name that other code can refer to. Lines are 1-based and inclusive. */
export interface Declaration {
  readonly name: string;
  readonly kind: DeclarationKind;
  /** The line that the name stands on. */
  readonly nameLine: number;
  /** First line, decorators and modifiers included, comments not. */
  readonly startLine: number;
  /**
   * Last line of the signature: what a reader needs to use the declaration. Its body, where it has one, begins on this
   * line or after it. A declaration without a body is all signature.
   */
  readonly headEnd: number;
  readonly endLine: number;
  /** Position of the declaration around it in the outline, or -1 at the file's top. */
  readonly parent: number;
}

/** A file's declarations in order of their first line, a parent before its members; what is local to a body is left out. */
export type Outline = readonly Declaration[];
