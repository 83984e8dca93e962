import { type Parameter, parameter } from './parameters.ts';

/** A condition of a transport rule: its parameters, of which a rule can have each once. */
export interface Condition {
  /** The parameter that makes two conditions the same type: `HeaderContainsMessageHeader`. */
  readonly type: string;
  readonly parameters: readonly Parameter[];
}

/** What Exchange's rules cannot ask. */
export interface Unsayable {
  /** The test as the policy has it. */
  readonly written: string;
  /** Why, and what comes nearest. */
  readonly why: string;
}

/** The same as an exception. */
export const exceptIf = ({ type, parameters }: Condition): Condition => ({
  type: `ExceptIf${type}`,
  parameters: parameters.map(({ name, value }) => parameter(`ExceptIf${name}`, value)),
});

/** A condition that asks a field of the header for words. */
export const headerContains = (header: string, words: readonly string[]): Condition => ({
  type: 'HeaderContainsMessageHeader',
  parameters: [parameter('HeaderContainsMessageHeader', header), parameter('HeaderContainsWords', words)],
});

/** A condition that asks a field of the header for patterns. */
export const headerMatches = (header: string, patterns: readonly string[]): Condition => ({
  type: 'HeaderMatchesMessageHeader',
  parameters: [parameter('HeaderMatchesMessageHeader', header), parameter('HeaderMatchesPatterns', patterns)],
});

/** Exchange forks a message for the recipients that such a condition meets: what a rule marks is only seen in one of the copies. */
export const isAboutRecipients = ({ type }: Condition): boolean => /^(?:ExceptIf)?(?:SentTo|Recipient)/.test(type);
