/** A word that Exchange knows, written without quotation marks: `Enforce`. */
export interface Word {
  readonly word: string;
}

/** A moment, milliseconds since 1970. */
export interface Moment {
  readonly at: number;
}

/** What a parameter of `New-TransportRule` is given. A list stands for several values. */
export type ParameterValue = string | number | boolean | Word | Moment | readonly string[];

/** A parameter of `New-TransportRule`, without its dash. */
export interface Parameter {
  readonly name: string;
  readonly value: ParameterValue;
}

/** One transport rule: what a `New-TransportRule` command says. */
export interface TransportRule {
  readonly name: string;
  /** Conditions, exceptions, actions and properties, in the order in which they are written. */
  readonly parameters: readonly Parameter[];
}

export const parameter = (name: string, value: ParameterValue): Parameter => ({ name, value });

/** A parameter that is left out where there is nothing to say. */
export const optional = (name: string, value: ParameterValue | undefined): readonly Parameter[] =>
  value === undefined ? [] : [{ name, value }];

/** True for a Word. */
export const isWord = (value: ParameterValue): value is Word => typeof value === 'object' && 'word' in value;

/** True for a Moment. */
export const isMoment = (value: ParameterValue): value is Moment =>
  typeof value === 'object' && 'at' in value && !Array.isArray(value);
