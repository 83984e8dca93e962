import type { Syntax } from '../parse/index.ts';
import type { Plan, Scalar } from '../plan/index.ts';

/** What a name of a `let`, a parameter or `as` stands for. */
export type Binding =
  | { readonly kind: 'scalar'; readonly value: Scalar }
  | { readonly kind: 'table'; readonly plan: Plan }
  | { readonly kind: 'function'; readonly declaration: Syntax; readonly scope: Scope };

/** Names in force at a place of the query; an inner scope sees the outer one. */
export class Scope {
  readonly #names = new Map<string, Binding>();
  readonly #outer: Scope | undefined;

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  define(name: string, binding: Binding): void {
    this.#names.set(name, binding);
  }

  find(name: string): Binding | undefined {
    return this.#names.get(name) ?? this.#outer?.find(name);
  }
}
