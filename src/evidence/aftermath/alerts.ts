import { ask } from '../ask/ask.ts';
import type { LaterEvent } from '../evidence.ts';
import { type Followed, namesOf } from './followed.ts';

const MOST = 200;

const ALERTS = `
let evidence = AlertEvidence
| where Timestamp between (start .. end)
| where NetworkMessageId == id or (array_length(files) > 0 and tolower(SHA256) in (files)) or RemoteUrl in (urls)
    or AccountUpn in~ (accounts) or AccountObjectId in (objectIds)
| summarize Timestamp = min(Timestamp), Title = take_any(Title), Severity = take_any(Severity), Source = take_any(ServiceSource),
    Account = tolower(max(AccountUpn)), IsOfMessage = max(NetworkMessageId == id), IsOfFile = max(tolower(SHA256) in (files)),
    IsOfUrl = max(RemoteUrl in (urls)) by AlertId;
evidence
| join kind=leftouter (AlertInfo | where Timestamp between (start .. end)
    | summarize InfoTitle = take_any(Title), InfoSeverity = take_any(Severity), InfoSource = take_any(ServiceSource) by AlertId) on AlertId
| order by Timestamp asc
| take ${MOST}
| project Timestamp, Title = coalesce(InfoTitle, Title), Severity = coalesce(InfoSeverity, Severity),
    Source = coalesce(InfoSource, Source), Account, IsOfMessage, IsOfFile, IsOfUrl`;

/** Alerts that name the message, its files or links, or that came upon the people involved afterwards. */
export async function alertsAfter(followed: Followed): Promise<readonly LaterEvent[]> {
  const { message, people, coverage, start, end, means } = followed;
  if (coverage.of('AlertEvidence').rows === 0) return [];
  const urls = message.urls.map(({ url }) => url);
  const files = message.attachments.map(({ sha256 }) => sha256).filter(Boolean);
  const [rows = []] = await ask(
    ALERTS,
    { start, end, id: message.networkMessageId, urls, files, ...namesOf(people) },
    means,
  );
  return rows.map((row) => {
    const about = [
      row.flag('IsOfMessage') === true && 'the message',
      row.flag('IsOfFile') === true && 'its attachment',
      row.flag('IsOfUrl') === true && 'its link',
    ].filter(Boolean);
    const severity = row.text('Severity');
    return {
      at: row.text('Timestamp'),
      account: row.text('Account'),
      table: 'AlertEvidence',
      kind: 'alert',
      words: `alert${severity && ` (${severity})`}: ${row.text('Title')}${about.length > 0 ? `, about ${about.join(', ')}` : ''}`,
      isSuspicious: true,
    };
  });
}
