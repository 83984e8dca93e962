import type { Syntax } from '../parse/index.ts';
import type { Plan, Scalar } from '../plan/index.ts';

/** What a name of a `let`, a parameter, a pattern or `as` stands for. */
export type Binding =
  | { readonly kind: 'scalar'; readonly value: Scalar }
  | { readonly kind: 'table'; readonly plan: Plan }
  | {
      readonly kind: 'function';
      readonly declaration: Syntax;
      readonly scope: Scope;
      /** What its body may read: a `restrict` that comes later does not bind it. */
      readonly restriction: Restriction | undefined;
      /** The name of one that is kept beside the tables; its text is no part of the query. */
      readonly stored?: string;
    }
  | { readonly kind: 'pattern'; readonly declaration: Syntax; readonly scope: Scope };

/** What `restrict access` leaves visible of what was there before it. */
export interface Restriction {
  readonly tables: ReadonlySet<string>;
  readonly hidden: ReadonlySet<Binding>;
}

/** Names in force at a place of the query; an inner scope sees the outer one. */
export class Scope {
  readonly #names = new Map<string, Binding>();
  readonly #outer: Scope | undefined;
  restriction: Restriction | undefined;

  constructor(outer?: Scope, restriction?: Restriction) {
    this.#outer = outer;
    this.restriction = restriction;
  }

  define(name: string, binding: Binding): void {
    this.#names.set(name, binding);
  }

  find(name: string): Binding | undefined {
    return this.#names.get(name) ?? this.#outer?.find(name);
  }

  /** The names in force here, those of outer scopes first. */
  all(): [string, Binding][] {
    return [...new Map([...(this.#outer?.all() ?? []), ...this.#names])];
  }

  /** The names of this scope itself. */
  names(): IterableIterator<[string, Binding]> {
    return this.#names.entries();
  }
}
