import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as expected from './expected.ts';
import { type HuntingStore, openHuntingStore } from './hunting-store.ts';

let store: HuntingStore;
before(async () => {
  store = await openHuntingStore();
});
after(() => store[Symbol.asyncDispose]());

const byClickTime = (row: Readonly<Record<string, unknown>>): string => `${row.NetworkMessageId} ${row.ClickTime}`;

describe('hunts in the way they are published, on mail with hard edges', () => {
  it('temperrors on own domains: a list by let, JSON by path, in and or', async () => {
    const { rows } = await store.find(`
      let Ours = pack_array('contoso.com', 'fabrikam.fr');
      EmailEvents
      | where EmailDirection == 'Inbound' and SenderMailFromDomain in (Ours)
      | extend Checks = parse_json(AuthenticationDetails)
      | extend spf = tostring(Checks.SPF), dmarc = tostring(Checks.DMARC)
      | where spf == "temperror" or dmarc == "temperror"
      | project id = NetworkMessageId, spf, dmarc
      | order by id desc`);
    assert.deepEqual(rows, expected.temperrors);
  });

  it('failed signatures a day: has_any, make-series between two midnights, render', async () => {
    const { rows, visualization } = await store.find(`
      let First = startofday(ago(30d));
      let Last = startofday(now());
      EmailEvents
      | where AuthenticationDetails has_any ('DKIM":"fail')
      | make-series Failed = count() default = 0 on Timestamp from First to Last step 1d
      | render timechart`);
    assert.deepEqual(rows, [{ Failed: expected.failedSignatures, Timestamp: expected.days }]);
    assert.equal(visualization?.kind, 'timechart');
  });

  it('a column that nobody filters on changes nothing: the series counts all mail', async () => {
    const { rows } = await store.find(`
      EmailEvents
      | extend Failed = AuthenticationDetails has 'DKIM":"fail'
      | make-series All = count() default = 0 on Timestamp
          from startofday(ago(30d)) to startofday(now()) step 1d`);
    assert.deepEqual(rows, [{ All: expected.allMail, Timestamp: expected.days }]);
  });

  it('the last hour: extract, membership, iff and sums of it, newest first', async () => {
    const { rows } = await store.find(`
      EmailEvents
      | where Timestamp > ago(1h) and EmailDirection in ("Inbound", "IntraOrg")
      | extend SPFResult = extract(@"spf=([a-z]+)", 1, AuthenticationDetails),
               DKIMResult = extract(@"dkim=([a-z]+)", 1, AuthenticationDetails),
               DMARCResult = extract(@"dmarc=([a-z]+)", 1, AuthenticationDetails)
      | extend AllFail = SPFResult in ("fail", "softfail", "none") and DKIMResult in ("fail", "none")
                         and DMARCResult in ("fail", "none", "bestguesspass"),
               Differ = SenderFromDomain != SenderMailFromDomain
                        and isnotempty(SenderFromDomain) and isnotempty(SenderMailFromDomain)
      | where (AllFail or Differ) and DeliveryAction != "Blocked"
      | extend DomainMismatch = iff(tolower(SenderFromDomain) != tolower(SenderMailFromDomain), true, false),
               AuthFailCount = iff(SPFResult in ("fail", "softfail"), 1, 0) + iff(DKIMResult == "fail", 1, 0)
                               + iff(DMARCResult == "fail", 1, 0)
      | project Timestamp, NetworkMessageId, SenderFromAddress, SenderMailFromAddress, SenderFromDomain,
                SenderMailFromDomain, RecipientEmailAddress, Subject, DeliveryAction, SPFResult, DKIMResult,
                DMARCResult, DomainMismatch, AuthFailCount
      | order by Timestamp desc`);
    assert.deepEqual(rows, expected.lastHour);
  });

  it('DMARC failures of 30 days: has is a term and does not mind case', async () => {
    const { rows } = await store.find(`
      EmailEvents
      | where Timestamp > ago(30d) and AuthenticationDetails has "dmarc=fail"
      | project Timestamp, NetworkMessageId, SenderFromAddress, SenderMailFromAddress, SenderFromDomain,
                SenderMailFromDomain, RecipientEmailAddress, Subject, DeliveryAction, AuthenticationDetails
      | order by Timestamp desc`);
    assert.deepEqual(rows, expected.dmarcFailures);
  });

  it('DMARC failures by sender: count, dcount, min, max', async () => {
    const { rows } = await store.find(`
      EmailEvents
      | where Timestamp > ago(30d) and AuthenticationDetails has "dmarc=fail"
      | summarize Messages = count(), Recipients = dcount(RecipientEmailAddress),
                  FirstSeen = min(Timestamp), LastSeen = max(Timestamp) by SenderFromAddress
      | order by Messages desc`);
    assert.deepEqual(rows, expected.failuresBySender);
  });

  it('DMARC failures and their clicks: an outer join keeps mail that nobody clicked', async () => {
    const { rows } = await store.find(`
      EmailEvents
      | where Timestamp > ago(30d) and AuthenticationDetails has "dmarc=fail"
      | project EmailTime = Timestamp, NetworkMessageId, SenderFromAddress, RecipientEmailAddress, Subject
      | join kind=leftouter (
          UrlClickEvents | project ClickTime = Timestamp, NetworkMessageId, Url, ActionType
        ) on NetworkMessageId
      | order by EmailTime desc, ClickTime asc`);
    assert.deepEqual(rows, expected.failuresWithClicks);
  });

  it('an inner join keeps only mail that somebody clicked', async () => {
    const { rows } = await store.find(`
      EmailEvents
      | where AuthenticationDetails has "dmarc=fail"
      | join kind=inner (UrlClickEvents | project ClickTime = Timestamp, NetworkMessageId) on NetworkMessageId
      | project NetworkMessageId, ClickTime
      | order by ClickTime asc`);
    const clicked = expected.failuresWithClicks.filter((row) => row.ClickTime !== null);
    assert.deepEqual(rows.map(byClickTime).toSorted(), clicked.map(byClickTime).toSorted());
  });
});
