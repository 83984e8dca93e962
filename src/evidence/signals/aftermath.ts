import type { CampaignMember } from '../evidence.ts';
import { domainOfAddress, isSameOrg } from './domains.ts';
import { clickQuery, postDeliveryQuery } from './queries.ts';
import type { SignalRow } from './signal.ts';

const HOUR = 3_600_000;
const isNear = (at: string, { at: other }: CampaignMember): boolean =>
  Math.abs(Date.parse(at) - Date.parse(other)) <= HOUR;

/** Kin that are alike in what they say, not only in who sends them. */
const isAlike = ({ kinships }: CampaignMember): boolean =>
  kinships.some((one) => one === 'url' || one === 'attachment' || one === 'body');

const wave = 5;
const burst = { messages: 2, recipients: 10 };

/** What came of the message: removals, clicks, its kin. */
export const aftermathRows: readonly SignalRow[] = (
  [
    {
      name: 'removed-as-phish',
      forgeable: 'nobody',
      about:
        'The receiver took the message out of mailboxes after its delivery, as phishing or malware, or somebody did by hand.',
      see: ({ message }) => {
        const found = message.postDelivery.find(({ actionType }) => /phish|malware|remediation/i.test(actionType));
        return found && `It was taken away afterwards (${found.actionType}).`;
      },
      query: postDeliveryQuery,
    },
    {
      name: 'click-was-blocked',
      forgeable: 'nobody',
      about: 'Safe Links blocked a click on a link of the message, or warned of it.',
      see: ({ evidence }) => {
        const found = evidence.clicks.find(({ actionType }) => /block/i.test(actionType));
        return found && `A click on ${found.url.slice(0, 200)} was stopped (${found.actionType}).`;
      },
      query: clickQuery,
    },
    {
      name: 'trouble-afterwards',
      forgeable: 'nobody',
      about: 'An alert or an odd sign-in of a recipient followed.',
      see: ({ evidence }) => {
        const found = evidence.aftermath.find(({ isSuspicious, kind }) => isSuspicious && kind !== 'post-delivery');
        return found && `Afterwards ${found.account || 'somebody'}: ${found.words.slice(0, 300)}.`;
      },
    },
    {
      name: 'wave-without-proof',
      forgeable: 'nobody',
      about: `At least ${wave} kin of the message came within an hour, and none passed DMARC.`,
      see: ({ evidence: { campaign }, message, dmarc }) => {
        const near = campaign.members.filter((one) => isNear(message.at, one));
        return dmarc.word === 'fail' && near.length >= wave && near.every((one) => one.dmarc.toLowerCase() !== 'pass')
          ? `${near.length} messages of the same kind came within an hour, and none passed.`
          : undefined;
      },
    },
    {
      name: 'same-lure-of-other-senders',
      forgeable: 'nobody',
      about: 'Other senders sent the same link, file or text.',
      see: ({ evidence: { campaign }, author, ownOrgs }) => {
        const other = campaign.members.find((one) => {
          const domain = domainOfAddress(one.senderFromAddress);
          return isAlike(one) && !isSameOrg(domain, author) && !ownOrgs.has(domain);
        });
        return other && `${other.senderFromAddress} sent the same link, file or text.`;
      },
    },
    {
      name: 'burst-from-inside',
      forgeable: 'nobody',
      about: `A mailbox of the organization wrote to ${burst.recipients} and more outsiders within an hour.`,
      see: ({ evidence: { campaign }, message }) => {
        if (message.direction !== 'Outbound') return undefined;
        const near = campaign.members.filter((one) => isNear(message.at, one));
        const recipients = near.reduce((sum, one) => sum + one.recipients, message.recipients.length);
        return near.length + 1 >= burst.messages && recipients >= burst.recipients
          ? `${message.senderFromAddress} wrote to ${recipients} outsiders within an hour.`
          : undefined;
      },
    },
  ] satisfies readonly Omit<SignalRow, 'family'>[]
).map((row) => ({ ...row, family: 'aftermath' as const }));
