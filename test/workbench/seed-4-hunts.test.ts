import assert from 'node:assert/strict';
import { flows } from './browser.ts';
import { answer, begin, editorOf, run, type } from './hunt-page.ts';

const dmarc = ['EmailEvents', '| where Timestamp > ago(30d)', '| where AuthenticationDetails has "dmarc=fail"'];
const COUNT = `${dmarc.join('\n')}\n| count`;

flows('the four hunts of seed 4, by hand', (flow) => {
  flow('first hunt: mail that failed DMARC', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await begin(page);
    await type(
      page,
      ...dmarc,
      '| project Timestamp, SenderFromAddress, RecipientEmailAddress, Subject, AuthenticationDetails',
      '| order by Timestamp desc',
    );
    const [count] = await answer(page, COUNT);
    assert.ok(Number(count) > 0);
    assert.equal(await run(page), `Done, ${count} rows`);
    await page.getByRole('columnheader', { name: 'AuthenticationDetails' }).waitFor();
    await page
      .getByRole('gridcell', { name: /dmarc=fail/ })
      .first()
      .waitFor();
  });

  flow('second hunt: what happened to that mail', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await begin(page);
    await type(
      page,
      ...dmarc,
      '| project Timestamp, SenderFromAddress, SenderMailFromAddress, RecipientEmailAddress, Subject, DeliveryAction, ThreatTypes',
      '| order by Timestamp desc',
    );
    const [count] = await answer(page, COUNT);
    assert.equal(await run(page), `Done, ${count} rows`);
    await page.getByRole('columnheader', { name: 'DeliveryAction' }).waitFor({ state: 'attached' });
  });

  flow('third hunt: by sender', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await begin(page);
    await type(
      page,
      ...dmarc,
      '| summarize Messages = count(), Recipients = dcount(RecipientEmailAddress), FirstSeen = min(Timestamp), LastSeen = max(Timestamp) by SenderFromAddress',
      '| order by Messages desc',
    );
    const senders = await answer(page, `${dmarc.join('\n')} | summarize by SenderFromAddress | count`);
    assert.equal(await run(page), `Done, ${senders[0]} rows`);
    const [first] = await answer(
      page,
      `${dmarc.join('\n')} | summarize Messages = count() by SenderFromAddress | top 1 by Messages | project SenderFromAddress`,
    );
    await page
      .getByRole('gridcell', { name: String(first) })
      .first()
      .waitFor();
  });

  flow('fourth hunt: who clicked', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await begin(page);
    await type(
      page,
      ...dmarc,
      '| project EmailTime = Timestamp, NetworkMessageId, SenderFromAddress, RecipientEmailAddress, Subject',
      '| join kind=leftouter (',
      'UrlClickEvents',
      '| project ClickTime = Timestamp, NetworkMessageId, Url, ActionType',
    );
    await page.keyboard.press('Control+End');
    // The editor has closed the bracket on the next line, unless it had more to do than to look at lines while it was typed.
    const typed = (await editorOf(page).locator('.view-lines').textContent()) ?? '';
    if (typed.split('(').length > typed.split(')').length) await type(page, '', ')');
    await type(page, ' on NetworkMessageId', '| order by EmailTime desc');
    const text = (
      await answer(
        page,
        `${dmarc.join('\n')} | join kind=leftouter (UrlClickEvents | project ClickTime = Timestamp, NetworkMessageId) on NetworkMessageId | count`,
      )
    )[0];
    assert.equal(await run(page), `Done, ${text} rows`);
    await page.getByRole('columnheader', { name: 'ClickTime' }).waitFor({ state: 'attached' });
  });
});
