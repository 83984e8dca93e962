import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Hunt, type Outcome, runHunts } from './run-hunts.ts';

const NOW = Date.parse('2026-07-18T14:00:00Z');

/** Made-up hunts: each fires on its witness, whatever way its condition is written. */
const hunts: Readonly<Record<string, string>> = {
  'texts, words, patterns': `EmailEvents
    | where Subject has 'invoice' and Subject endswith '(overdue)' and SenderFromDomain matches regex @'^pay[0-9]{3}\\.example$'
    | where SenderFromAddress !endswith '@example.org' and strlen(SenderDisplayName) > 40`,
  'members of JSON': `EmailEvents
    | extend Checks = parse_json(AuthenticationDetails)
    | where tostring(Checks.SPF) =~ 'FAIL' and Checks.DKIM == 'none' | project Subject`,
  'parts of texts': `EmailUrlInfo
    | extend Host = tostring(parse_url(Url).Host), Tld = tostring(split(UrlDomain, '.')[-1])
    | where Host startswith 'login.' and Tld in~ ('ZIP', 'mov') and extract('id=([0-9]+)', 1, Url) == '77'`,
  'a join with words on both sides': `EmailEvents | where Subject contains 'parcel'
    | join kind=inner (UrlClickEvents | where ActionType == 'ClickAllowed' and IsClickedThrough) on NetworkMessageId
    | where Url contains 'track'`,
  'what is missing': `EmailEvents | where Subject == 'lonely'
    | join kind=leftanti EmailUrlInfo on NetworkMessageId`,
  'a group of so many': `EmailEvents | where Subject startswith 'bomb'
    | summarize Mails = count(), Senders = dcount(SenderFromAddress), Blocked = countif(DeliveryAction == 'Blocked')
        by RecipientEmailAddress
    | where Mails > 7 and Senders >= 4 and Blocked == 0`,
  'a window of time': `let Seen = EmailEvents | where Timestamp between (ago(7d) .. ago(1d)) and Subject == 'before' | distinct SenderFromAddress;
    EmailEvents | where Timestamp > ago(1h) and SenderFromAddress in (Seen) and Subject == 'now'`,
  'a list from outside': `let Bad = externaldata(Kind:string, Value:string) [@'https://lists.example/bad.csv'] with (format='csv', ignoreFirstRecord=true);
    EmailAttachmentInfo | where SHA256 in ((Bad | where Kind == 'hash' | project Value))`,
  'columns of a bag': `EmailEvents | project Subject, Bag = parse_json(DetectionMethods)
    | evaluate bag_unpack(Bag) | where Voodoo has 'doll'`,
  'elements of a list': `EmailEvents | mv-expand Word = split(Subject, '|') to typeof(string)
    | where Word == 'third' | project Word`,
};

const id = (name: string): Hunt => ({ id: name, query: hunts[name]! });
const rowsOf = (outcome: Outcome): unknown =>
  outcome.kind === 'ran' ? { rows: outcome.rows > 0, difference: outcome.difference } : outcome;

/** Those that cannot. */
const others: readonly Hunt[] = [
  { id: 'no row to begin with', query: 'datatable(Subject: string)[] | join EmailEvents on Subject' },
  {
    id: 'more rows than are asked for',
    query: `EmailEvents | summarize n = count() by Subject, SenderFromDomain | where n > 90
      | summarize m = count() by SenderFromDomain | where m > 90`,
  },
  { id: 'contradiction', query: "EmailEvents | where Subject == 'a' and Subject == 'b'" },
  { id: 'no column', query: 'EmailEvents | where Gone == 1' },
];

describe('witnesses of hunts', () => {
  it('each hunt finds rows, and those that the naive evaluation finds', async () => {
    const outcomes = await runHunts([...Object.keys(hunts).map(id), ...others], NOW);
    const found = outcomes.slice(0, -others.length);
    for (const outcome of found) assert.deepEqual(rowsOf(outcome), { rows: true, difference: undefined }, outcome.id);
    for (const outcome of outcomes.slice(-others.length, -2))
      assert.deepEqual(rowsOf(outcome), { rows: false, difference: undefined }, outcome.id);
    const [contradiction, noColumn] = outcomes.slice(-2);
    assert.deepEqual(contradiction, {
      id: 'contradiction',
      kind: 'ran',
      rows: 0,
      witnessed: false,
      difference: undefined,
    });
    assert.equal(noColumn?.kind, 'unbound');
  });

  it('over noise alone none of them finds anything', async () => {
    const names = Object.keys(hunts).filter((name) => name !== 'columns of a bag');
    for (const outcome of await runHunts(names.map(id), NOW, { witnesses: false }))
      assert.equal(outcome.kind === 'ran' && outcome.rows, 0, outcome.id);
  });
});
