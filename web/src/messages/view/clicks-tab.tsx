import { Badge, Table } from '../../ui/index.ts';
import { defanged } from '../text/defang.ts';
import { Hostile } from '../text/hostile.tsx';
import { spanOf } from '../text/times.ts';
import { timeColumn, whoColumn } from './columns.tsx';
import { Evidenced } from './evidenced.tsx';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';

/** Who clicked, when, how long after delivery, and what these users did afterwards. */
export function ClicksTab({ means }: { readonly means: TabMeans }) {
  return (
    <Evidenced means={means} about="clicks">
      {({ clicks, aftermath }) => (
        <>
          <Table
            label="Clicks"
            rows={clicks}
            keyOf={(_, index) => index}
            empty="Nobody is known to have clicked."
            columns={[
              timeColumn,
              whoColumn,
              {
                name: 'After delivery',
                numeric: true,
                cell: ({ secondsAfterDelivery }) =>
                  secondsAfterDelivery === undefined ? '–' : spanOf(secondsAfterDelivery),
              },
              {
                name: 'URL',
                grows: true,
                mono: true,
                cell: ({ url }) => (
                  <span className={css.cell}>
                    <Hostile text={defanged(url)} most={200} />
                  </span>
                ),
              },
              {
                name: 'What happened',
                cell: ({ actionType, isClickedThrough }) => (
                  <Badge tone={actionType === 'ClickAllowed' || isClickedThrough ? 'bad' : 'good'}>
                    {isClickedThrough && actionType !== 'ClickAllowed' ? `${actionType}, went on` : actionType}
                  </Badge>
                ),
              },
              { name: 'From', mono: true, cell: ({ ipAddress }) => <span className={css.name}>{ipAddress}</span> },
            ]}
          />
          {aftermath.length > 0 && <h3 className={css.bar}>What these users did afterwards</h3>}
          {aftermath.length > 0 && (
            <Table
              label="Afterwards"
              rows={aftermath}
              keyOf={(_, index) => index}
              columns={[
                timeColumn,
                whoColumn,
                { name: 'Table', cell: ({ table }) => <span className={css.name}>{table}</span> },
                {
                  name: 'What',
                  grows: true,
                  cell: ({ words, isSuspicious }) => (
                    <span>
                      {isSuspicious && <Badge tone="bad">suspicious</Badge>} <Hostile text={words} most={400} />
                    </span>
                  ),
                },
              ]}
            />
          )}
        </>
      )}
    </Evidenced>
  );
}
