import { Document, isNode } from 'yaml';

/** A policy as its YAML file has it, with the remarks that stand above its rules. */
export interface PolicyDocument {
  readonly remarks: readonly string[];
  readonly name: string;
  readonly mode: string;
  readonly rules: readonly RuleDocument[];
}

export interface RuleDocument {
  readonly remarks: readonly string[];
  /** Plain values, by the names of a rule's fields. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const WIDTH = 110;

/** YAML has no control characters in comments, and a file with a replacement character is not read. */
const unwritable = /[^\P{C}\t]|[\u2028\u2029\ufffd]/gu;

/** A policy as YAML text, its remarks as comments. */
export function yamlOf({ remarks, name, mode, rules }: PolicyDocument): string {
  const document = new Document({ name, mode, rules: rules.map(({ fields }) => fields) });
  if (remarks.length > 0) document.commentBefore = commentOf(remarks);
  for (const [at, rule] of rules.entries()) {
    const node = document.getIn(['rules', at], true);
    if (!isNode(node)) continue;
    node.spaceBefore = at > 0;
    if (rule.remarks.length > 0) node.commentBefore = commentOf(rule.remarks);
  }
  // As a block a text of blanks and line ends comes back without its first blanks.
  return document.toString({ lineWidth: WIDTH, blockQuote: false });
}

const commentOf = (remarks: readonly string[]): string =>
  remarks.map((line) => ` ${line.replaceAll(/\s+/g, ' ').replace(unwritable, '?')}`).join('\n');
