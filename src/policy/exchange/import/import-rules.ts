import { areDisjoint } from '../../disjoint.ts';
import { provesSender } from '../../lint/index.ts';
import type { Policy, PolicyRule } from '../../policy.ts';
import { readPolicy } from '../../read/read-policy.ts';
import { type PolicyDocument, yamlOf } from '../../write/index.ts';
import { type ImportedRule, importedRule } from './import-rule.ts';
import { rawRules } from './raw-rules.ts';

/** The rules of an Exchange organization as a policy. */
export interface ImportedPolicy {
  /** The YAML file. */
  readonly text: string;
  readonly policy: Policy;
  readonly rules: readonly {
    readonly name: string;
    /** Why it is switched off; none where it means the same. */
    readonly off: readonly string[];
    /** Rules before it that are switched off, and would have ended some of its mail: it is in Audit for that. */
    readonly behind: readonly string[];
    /** True where Exchange takes past its filters, by `SetSCL -1`, whoever makes his mail as the rule asks. */
    readonly isOpenDoor: boolean;
  }[];
}

/**
 * What `Get-TransportRule | ConvertTo-Json -Depth 5` wrote, as a policy in Audit. No rule becomes broader by it: what mailhunt
 * cannot ask or do switches the rule off, with the reason, and puts in Audit those behind it that would see its mail.
 *
 * @param file the name that errors show
 * @throws MailhuntError POLICY0010 for another file, POLICY0011 where values were cut off, POLICY0001 where the policy would
 *   break its own limits
 * @example importExchange(await readFile('rules.json'), 'rules.json').rules[0].off // []
 */
export function importExchange(bytes: Uint8Array, file: string): ImportedPolicy {
  const raw = rawRules(bytes, file);
  const ordered = raw.every(({ Priority }) => typeof Priority === 'number')
    ? [...raw].sort((one, other) => Number(one.Priority) - Number(other.Priority))
    : raw;
  const rules = ordered.map((one) => importedRule(one, file));
  const draft = readPolicy(yamlOf(documentOf(rules)), file);
  const behind = rules.map((_, at) => missingBefore(rules, draft, at));
  const open = rules.map(({ skipsFilters }, at) => skipsFilters && isForgeable(draft.rules[at]!));
  const text = yamlOf(documentOf(rules.map((rule, at) => warned(inAudit(rule, behind[at]!), open[at]!))));
  return {
    text,
    policy: readPolicy(text, file),
    rules: rules.map(({ name, off }, at) => ({ name, off, behind: behind[at]!, isOpenDoor: open[at]! })),
  };
}

const documentOf = (rules: readonly ImportedRule[]): PolicyDocument => ({
  remarks: [
    'Mail-flow rules of Exchange, read by mailhunt policy import. Nothing is done while this says Audit;',
    'see first what would be: mailhunt policy simulate THIS-FILE --since 30d',
  ],
  name: 'Mail-flow rules of Exchange',
  mode: 'Audit',
  rules,
});

/** Rules that are switched off only here, and would have ended some of the mail of a later one. */
const missingBefore = (rules: readonly ImportedRule[], { rules: read }: Policy, at: number): readonly string[] =>
  read[at]!.enabled
    ? rules
        .slice(0, at)
        .filter((one, before) => one.off.length > 0 && one.ended && !areDisjoint(read[before]!, read[at]!))
        .map(({ name }) => name)
    : [];

/** Whether nothing that a rule asks proves the sender. */
const isForgeable = (rule: PolicyRule): boolean => !rule.when.some((clause) => provesSender(clause, rule));

const warned = (rule: ImportedRule, isOpenDoor: boolean): ImportedRule =>
  isOpenDoor
    ? {
        ...rule,
        remarks: [
          ...rule.remarks,
          'An open door in Exchange: it takes mail past the filters (SetSCL -1), and nothing that it asks proves the sender.',
        ],
      }
    : rule;

function inAudit(rule: ImportedRule, missing: readonly string[]): ImportedRule {
  if (missing.length === 0) return rule;
  const names = missing.map((name) => JSON.stringify(name)).join(', ');
  const { name, comments, do: actions, ...others } = rule.fields;
  return {
    ...rule,
    remarks: [
      ...rule.remarks,
      `In Audit: ${names} before it is switched off, and would have ended some of the mail that it now sees.`,
    ],
    fields: { name, ...(comments === undefined ? {} : { comments }), ...others, mode: 'Audit', do: actions },
  };
}
