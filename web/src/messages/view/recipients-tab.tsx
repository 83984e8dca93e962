import { Badge, Table } from '../../ui/index.ts';
import { Address, timeColumn } from './columns.tsx';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';

/** Who got it, what became of it there, and what was done later. */
export function RecipientsTab({ means }: { readonly means: TabMeans }) {
  const { recipients, postDelivery, words } = means.shown.message;
  const tone = (action: string) => (action === 'Delivered' ? (words.dmarc === 'fail' ? 'bad' : 'quiet') : 'good');
  return (
    <div className={css.content}>
      <Table
        label="Recipients"
        rows={recipients}
        keyOf={({ address }) => address}
        empty="No recipient is known."
        columns={[
          {
            name: 'Recipient',
            grows: true,
            mono: true,
            cell: ({ address }) => <Address text={address} />,
          },
          {
            name: 'Delivery',
            cell: ({ deliveryAction }) => <Badge tone={tone(deliveryAction)}>{deliveryAction || 'not known'}</Badge>,
          },
          { name: 'Into', cell: ({ deliveryLocation }) => <span className={css.name}>{deliveryLocation}</span> },
          {
            name: 'Now',
            cell: ({ latestDeliveryAction, latestDeliveryLocation }) =>
              [latestDeliveryAction, latestDeliveryLocation].filter(Boolean).join(' · '),
          },
          {
            name: 'First contact',
            cell: ({ isFirstContact }) => (isFirstContact === undefined ? '–' : isFirstContact ? 'yes' : 'no'),
          },
          {
            name: 'Known from',
            cell: ({ deliveryKnown }) => (deliveryKnown === 'derived' ? 'assumed' : 'the receiver'),
          },
        ]}
      />
      {postDelivery.length > 0 && (
        <Table
          label="After delivery"
          rows={postDelivery}
          keyOf={(_, index) => index}
          columns={[
            timeColumn,
            {
              name: 'Recipient',
              grows: true,
              mono: true,
              cell: ({ recipient }) => <Address text={recipient} />,
            },
            { name: 'Action', cell: ({ action }) => <span className={css.name}>{action}</span> },
            {
              name: 'By',
              cell: ({ actionType, actionTrigger }) => [actionType, actionTrigger].filter(Boolean).join(' · '),
            },
            { name: 'Result', cell: ({ actionResult }) => actionResult },
          ]}
        />
      )}
    </div>
  );
}
