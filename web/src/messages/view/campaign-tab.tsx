import { Link } from 'wouter';
import type { Kinship } from '../../../../src/evidence/index.ts';
import { Facts, Notice, ResultChip, Table } from '../../ui/index.ts';
import { Hostile } from '../text/hostile.tsx';
import { minuteOf } from '../text/times.ts';
import { Address } from './columns.tsx';
import { Evidenced } from './evidenced.tsx';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';

const kinships: Readonly<Record<Kinship, string>> = {
  sender: 'sender',
  subject: 'subject',
  url: 'URL',
  attachment: 'file',
  body: 'text',
  source: 'source',
};

/** Messages that belong together with this one, and by what. */
export function CampaignTab({ means }: { readonly means: TabMeans }) {
  return (
    <Evidenced means={means} about="campaign">
      {({ campaign }) => (
        <>
          <Facts
            facts={[
              ['Other messages', String(campaign.count)],
              ['Recipients', String(campaign.recipients)],
              ['Delivered', String(campaign.delivered)],
              ['First', campaign.first && `${minuteOf(campaign.first)} UTC`],
              ['Last', campaign.last && `${minuteOf(campaign.last)} UTC`],
            ]}
          />
          {campaign.count > campaign.members.length && (
            <Notice>The nearest {campaign.members.length} are shown.</Notice>
          )}
          <Table
            label="Messages of the campaign"
            rows={campaign.members}
            keyOf={({ networkMessageId }) => networkMessageId}
            empty="No other message is like it."
            columns={[
              { name: 'Time (UTC)', cell: ({ at }) => <span className={css.name}>{minuteOf(at)}</span> },
              {
                name: 'Sender',
                mono: true,
                cell: ({ senderFromAddress }) => <Address text={senderFromAddress} />,
              },
              {
                name: 'Subject',
                grows: true,
                cell: ({ subject, networkMessageId }) => (
                  <Link href={`/${encodeURIComponent(networkMessageId)}`}>
                    {subject ? <Hostile text={subject} most={160} /> : 'no subject'}
                  </Link>
                ),
              },
              { name: 'To', numeric: true, cell: ({ recipients }) => recipients },
              { name: 'Delivery', cell: ({ deliveryAction }) => <span className={css.name}>{deliveryAction}</span> },
              { name: 'DMARC', cell: ({ dmarc }) => dmarc && <ResultChip result={dmarc} /> },
              {
                name: 'Same',
                cell: (member) => (
                  <span className={css.cell}>{member.kinships.map((one) => kinships[one]).join(', ')}</span>
                ),
              },
            ]}
          />
        </>
      )}
    </Evidenced>
  );
}
