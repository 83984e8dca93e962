import { defaultPolicyText } from './default-policy.ts';
import { policyLints } from './lint/index.ts';
import { predicateTable } from './predicates/index.ts';
import { actionTable } from './read/read-actions.ts';
import { whoIsKnown } from './reputation/page.ts';

/** For the example: a day that does not change. */
const EXAMPLE_DAY = Date.UTC(2026, 10, 21);

/** The page `docs/policy-files.md`, made from the tables of predicates and actions. */
export function policyFilesPage(): string {
  const predicates = predicateTable.map(({ name, about, example, exchange }) => {
    const there = exchange === undefined ? '' : exchange.parameters.map((one) => `\`${one}\``).join(', ');
    return `| \`${name}\` | ${about} | \`${example}\` | ${there} |`;
  });
  const actions = Object.entries(actionTable).map(
    ([kind, { about, example }]) => `| \`${kind}\` | ${about} | \`${example}\` |`,
  );
  return [
    '<!-- Generated from src/policy/predicates and src/policy/read: npm run docs -->',
    '# Policy files',
    '',
    'A policy says what happens to mail that fails. Its rules are those of Exchange’s mail flow: conditions, exceptions, actions,',
    'asked in order; and it can say what Exchange’s cannot. `mailhunt policy init` writes this one to begin with:',
    '',
    '```yaml',
    defaultPolicyText(EXAMPLE_DAY).trimEnd(),
    '```',
    '',
    '```',
    'mailhunt policy init policy.yaml                              the policy above, in Audit',
    'mailhunt policy check policy.yaml                             what is wrong with it',
    'mailhunt policy explain suspicious.eml --policy policy.yaml   what it does with a message: which rule, why, why not the others',
    'mailhunt policy schema > policy.schema.json                   for an editor that completes and underlines',
    '```',
    '',
    '## A rule',
    '',
    '| field | what it says |',
    '| --- | --- |',
    '| `name`, `comments` | at most 64 and 1024 characters |',
    '| `when` | a list, every item of which must hold; without it the rule is for all mail. Within an item every line must hold, and a predicate may come in as many items as one likes |',
    '| `unless` | a list, one item of which is enough; within an item every line must hold. `because` says why, `expires` from which day on it counts no more |',
    '| `do` | one or more actions, of which at most one ends the message |',
    '| `mode` | `Enforce`, or `Audit` for this rule alone: what it would do is recorded, and the rules behind it are asked |',
    '| `stop` | no later rule for a message that this one matches |',
    '| `enabled`, `activation`, `expiry` | whether, and from when until when, it is asked |',
    '| `senderAddressLocation` | `Header`, `Envelope` or `HeaderOrEnvelope`: where `From`, `FromAddressContainsWords`, `FromAddressMatchesPatterns` and `SenderDomainIs` look |',
    '| `errorAction` | what to do where nobody can tell whether it matches: `Ignore` goes on to the next rule, `Defer` asks the client to come again |',
    '',
    'The first action that ends a message ends the asking: later rules do not see it. A header field or a subject',
    'that a rule changes is seen by the next rule as changed. `mode: Audit` at the top turns every rule into a record of what it',
    'would do.',
    '',
    '## Predicates',
    '',
    'Several values of one predicate are alternatives. Words are found whole and without regard to case, between blanks,',
    'punctuation or the ends of the text; `*` is a character like others. Patterns are regular expressions, found anywhere,',
    'without regard to case; they are matched by RE2 and so have no look-around and no back references. A predicate that asks',
    'what is not known of a message (a header that was not stored, a body that was not kept) neither holds nor fails: the rule',
    'does not match, and `policy explain` shows a `?`.',
    '',
    'A temporary failure refuses nothing. Where DNS gives no key of an ARC chain, a message is asked about as it is, and with the',
    'seals and the composite verdict that it would have had the chain passed (`ARC` itself is `temperror` in both): where the two',
    'come to different actions, the client is asked to come again (451 4.7.0), and `policy explain` shows a `?`; where only the',
    'changes to the message differ, it goes on with those of now. So only the seals that a rule would have listened to are waited for; a forger’s own, whose key',
    'never comes, change nothing. `temperror` is not a word of RFC 8617, which counts a failure of DNS as `fail`, for good; it is the',
    'word of RFC 8601 for other methods.',
    '',
    '| predicate | holds where | example | in Exchange |',
    '| --- | --- | --- | --- |',
    ...predicates,
    '',
    '`Authentication-Results` are those of this receiver, in Microsoft’s words (`dmarc=fail action=oreject`); what others wrote',
    'stands under `Authentication-Results-Original`.',
    '',
    ...whoIsKnown(),
    '## Actions',
    '',
    '| action | what happens | example |',
    '| --- | --- | --- |',
    ...actions,
    '',
    '## What `policy check` finds',
    '',
    '| lint | why it matters | what to write instead |',
    '| --- | --- | --- |',
    ...policyLints.map(
      ({ id, name, severity, about, advice }) => `| \`${id}\` ${name} (${severity}) | ${about} | ${advice} |`,
    ),
    '',
  ].join('\n');
}
