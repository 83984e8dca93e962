import type { Rule } from '../../rule.ts';
import type { Finding, Fix, Lint, LintExample, Subject } from '../lint.ts';
import { type NrtConstruct, nrtConstructs } from './nrt-constructs.ts';
import { nrtSources } from './nrt-evidence.ts';
import { nrtForm } from './nrt-form.ts';

/** What a continuous rule cannot have, each place once; the first carries the query rewritten, where that is possible. */
function* notContinuous(subject: Subject, outcome: NrtConstruct['outcome']): Iterable<Finding> {
  const { reading } = subject;
  if (reading === undefined) return;
  const found = nrtConstructs(reading).filter((construct) => construct.outcome === outcome);
  const fix = found.length === 0 ? undefined : rewritten(subject);
  for (const [index, { what, reason, span }] of found.entries()) {
    const message = `A continuous (NRT) rule cannot rely on ${what}: ${reason}.`;
    const said = outcome === 'refused' ? message.replace('cannot rely on', 'cannot have') : message;
    yield { span, message: said, ...(index === 0 && fix !== undefined ? { fix } : {}) };
  }
}

function rewritten({ reading }: Subject): readonly Fix[] | undefined {
  if (reading === undefined) return undefined;
  const text = nrtForm(reading);
  if (text === undefined || text === reading.text.trim()) return undefined;
  return [{ span: { start: 0, length: reading.text.length }, text }];
}

const promise = /\bNRT\b|\bnear[- ]real[- ]time\b/i;

/** NRT rules of Sentinel take nearly all of KQL: a text must mean Defender's to be wrong there. */
const ofDefender = /\bcustom detection/i;

/** Whether a rule that is no continuous one says of itself that it runs, or can run, so. */
function promisesNrt({ rule, target }: Subject): boolean {
  if (rule.kind === 'nrt') return false;
  const words = wordsOf(rule);
  return (
    words.some((text) => promise.test(text)) && (target !== 'sentinel' || words.some((text) => ofDefender.test(text)))
  );
}

/** What a rule says of itself; a hunt of Sentinel's repository says the most in a second description. */
function wordsOf({ name, description = '', tags, document }: Rule): readonly string[] {
  const detailed = (document as Readonly<Record<string, unknown>> | null | undefined)?.['description-detailed'];
  return [name, description, ...tags, ...(typeof detailed === 'string' ? [detailed] : [])];
}

const example = (wrong: string, right: string): LintExample => ({ wrong, right, kind: 'nrt' });

const subsetWhy =
  'A continuous rule is applied to each event as it arrives, like a transformation of Azure Monitor. It reads one ' +
  'table, may hold no comment, no `let`, `join`, `union` or `externaldata`, and knows only the operators and functions ' +
  'of [that subset](' +
  nrtSources.subset +
  '). Where the same rows can be had within it, the fix writes the query so; otherwise run the rule every hour.';

export const nrtLints: readonly Lint[] = [
  {
    id: 'MH301',
    name: 'nrt-refused',
    group: 'deploy',
    severity: 'error',
    summary: 'The rule is to run continuously (NRT), and its query has something that continuous rules cannot have.',
    why: subsetWhy,
    source: nrtSources.rules,
    targets: ['defender'],
    examples: [
      example(
        "let SenderDomains = pack_array('contoso.com', 'fabrikam.com');\nEmailEvents\n| where SenderMailFromDomain in (SenderDomains) // ours",
        "EmailEvents\n| where SenderMailFromDomain in ('contoso.com', 'fabrikam.com')",
      ),
      example('EmailEvents\n| join kind=inner EmailUrlInfo on NetworkMessageId', 'EmailEvents\n| where UrlCount > 0'),
      example(
        'EmailEvents\n| where coalesce(SenderIPv4, SenderIPv6) == "192.0.2.1"',
        'EmailEvents\n| where case(isnotempty(SenderIPv4), SenderIPv4, SenderIPv6) == "192.0.2.1"',
      ),
      example(
        'EmailEvents\n| where LatestDeliveryLocation == "Inbox/folder"',
        'EmailEvents\n| where DeliveryLocation == "Inbox/folder"',
      ),
      example('AlertInfo\n| where Severity == "High"', 'AlertEvidence\n| where Severity == "High"'),
    ],
    *check(subject) {
      if (subject.rule.kind === 'nrt') yield* notContinuous(subject, 'refused');
    },
  },
  {
    id: 'MH302',
    name: 'nrt-doubtful',
    group: 'deploy',
    severity: 'warning',
    summary: 'The rule is to run continuously (NRT), and documentation and tests disagree on whether its query may.',
    why:
      `${subsetWhy}\n\nSome constructs are outside the documented subset and were taken when [tried](${nrtSources.tried}) ` +
      'in February 2026 (`has_any`, `in~`, `iff`), others are documented and were refused (`matches regex`). What is ' +
      'not documented may stop working without notice.',
    source: nrtSources.subset,
    targets: ['defender'],
    examples: [
      example(
        'EmailEvents\n| where Subject has_any ("invoice", "payment")',
        'EmailEvents\n| where (Subject has "invoice" or Subject has "payment")',
      ),
      example(
        'EmailEvents\n| where SenderFromAddress in~ ("a@example.com", "b@example.com")',
        'EmailEvents\n| where (SenderFromAddress =~ "a@example.com" or SenderFromAddress =~ "b@example.com")',
      ),
    ],
    *check(subject) {
      if (subject.rule.kind === 'nrt') yield* notContinuous(subject, 'doubtful');
    },
  },
  {
    id: 'MH303',
    name: 'nrt-promised',
    group: 'deploy',
    severity: 'note',
    summary: 'The name or description says that the rule runs in near real time, and the query cannot.',
    why: `${subsetWhy}\n\nA text that promises NRT is followed by whoever creates the rule; the portal then refuses the query.`,
    source: nrtSources.rules,
    targets: ['defender', 'sentinel'],
    examples: [
      {
        wrong: "let Own = dynamic(['contoso.com']);\nEmailEvents\n| where SenderFromDomain in (Own)",
        right: "EmailEvents\n| where SenderFromDomain in ('contoso.com')",
        rule: { name: 'NRT: mail from our own domains' },
      },
      {
        wrong: "let Own = dynamic(['contoso.com']);\nEmailEvents\n| where SenderFromDomain in (Own)",
        right: "EmailEvents\n| where SenderFromDomain in ('contoso.com')",
        target: 'sentinel',
        rule: { description: 'Can be a custom detection in Continuous (NRT) frequency.' },
      },
    ],
    *check(subject) {
      if (promisesNrt(subject)) yield* notContinuous(subject, 'refused');
    },
  },
  {
    id: 'MH304',
    name: 'nrt-sentinel-refused',
    group: 'deploy',
    severity: 'error',
    summary: 'A near-real-time rule of Sentinel has something that such rules cannot have.',
    why:
      'Sentinel runs an NRT rule every minute over what was ingested since; by its wizard it takes nearly all of KQL, ' +
      `several tables included, but not these ([tried](${nrtSources.tried}) in February 2026).`,
    source: nrtSources.sentinel,
    targets: ['sentinel'],
    examples: [
      {
        wrong: 'EmailEvents\n| where ingestion_time() > ago(5m)',
        right: 'EmailEvents\n| where EmailDirection == "Inbound"',
        target: 'sentinel',
        kind: 'nrt',
      },
    ],
    *check({ rule, reading }) {
      if (rule.kind !== 'nrt' || reading === undefined) return;
      for (const { what, span, node } of nrtConstructs(reading))
        if (node !== undefined && refusedBySentinel.has(what))
          yield { span, message: `An NRT rule of Sentinel cannot have ${what}: its wizard refuses it.` };
    },
  },
];

const refusedBySentinel: ReadonlySet<string> = new Set(['`ingestion_time()`', '`search`', '`facet`']);
