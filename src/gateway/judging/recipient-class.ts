import {
  type MailItem,
  type Policy,
  type PolicyRule,
  predicateNamed,
  type Test,
  testHolds,
} from '../../policy/index.ts';

/** Predicates that ask for a recipient of the envelope. */
const ABOUT_RECIPIENTS: ReadonlySet<string> = new Set([
  'SentTo',
  'SentToScope',
  'RecipientDomainIs',
  'RecipientAddressContainsWords',
  'RecipientAddressMatchesPatterns',
]);

/** What a policy asks about recipients. */
interface Asked {
  readonly tests: readonly { readonly rule: PolicyRule; readonly test: Test }[];
  /** Whether it reads columns of the recipient in KQL: then any two may differ. */
  readonly isAnybodyElse: boolean;
}

const asked = new WeakMap<Policy, Asked>();

/** The tests of a policy that tell recipients apart. */
function askedBy(policy: Policy): Asked {
  const known = asked.get(policy);
  if (known !== undefined) return known;
  const all = policy.rules.flatMap((rule) =>
    [...rule.when, ...rule.unless].flatMap(({ tests }) => tests).map((test) => ({ rule, test })),
  );
  const found = {
    tests: all.filter(({ test: { predicate } }) => ABOUT_RECIPIENTS.has(predicate) && predicateNamed(predicate)),
    isAnybodyElse: all.some(({ test: { predicate, written } }) => predicate === 'KQL' && /recipient/i.test(written)),
  };
  asked.set(policy, found);
  return found;
}

/**
 * The recipients between which a policy cannot tell: what its tests of recipients answer for an address, in their order.
 * One class for all where it has none, one for each address where it asks for recipients in KQL.
 *
 * @example recipientClass(policy, 'ceo@contoso.com', ['contoso.com']) // '10'
 */
export function recipientClass(policy: Policy, address: string, acceptedDomains: readonly string[]): string {
  const { tests, isAnybodyElse } = askedBy(policy);
  if (isAnybodyElse) return address.toLowerCase();
  const item = { recipients: [address], acceptedDomains } as unknown as MailItem;
  return tests.map(({ rule, test }) => (testHolds(test, rule, item) === true ? '1' : '0')).join('');
}

/**
 * Whether a policy cannot tell between any of the recipients of a message: then what it says to one is said to all.
 *
 * @example areOneClass(policy, ['ceo@contoso.com', 'anna@contoso.com'], ['contoso.com']) // false
 */
export function areOneClass(
  policy: Policy,
  recipients: readonly string[],
  acceptedDomains: readonly string[],
): boolean {
  const [first, ...others] = recipients.map((address) => recipientClass(policy, address, acceptedDomains));
  return others.every((its) => its === first);
}
