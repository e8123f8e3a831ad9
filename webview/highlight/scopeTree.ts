import type { Emitter } from 'highlight.js';

/** Highlighted code: plain text, or a stretch with the scopes it has. */
export type CodeNode = string | { readonly scopes: readonly string[]; readonly children: CodeNode[] };

/** Takes what highlight.js finds as a tree, which becomes elements without any HTML in between. */
export class ScopeTree implements Emitter {
  readonly children: CodeNode[] = [];
  readonly #open: CodeNode[][] = [this.children];

  /** What modes are announced with; the declared interface knows only of keywords, by `startScope`. */
  openNode(name: string): void {
    this.startScope(name);
  }

  closeNode(): void {
    this.endScope();
  }

  startScope(name: string): void {
    const children: CodeNode[] = [];
    this.#current.push({ scopes: name.split('.'), children });
    this.#open.push(children);
  }

  endScope(): void {
    if (this.#open.length > 1) this.#open.pop();
  }

  addText(text: string): void {
    if (text !== '') this.#current.push(text);
  }

  __addSublanguage(emitter: Emitter): void {
    if (emitter instanceof ScopeTree) this.#current.push(...emitter.children);
  }

  finalize(): void {
    this.#open.length = 1;
  }

  /** Asked for by highlight.js with every result; the page has no use for it. */
  toHTML(): string {
    return '';
  }

  get #current(): CodeNode[] {
    return this.#open.at(-1) ?? this.children;
  }
}
