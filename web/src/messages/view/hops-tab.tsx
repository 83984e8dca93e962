import { Badge, EmptyState, Notice, Table, type Tone } from '../../ui/index.ts';
import { Hostile } from '../text/hostile.tsx';
import { secondOf, spanOf } from '../text/times.ts';
import { Address } from './columns.tsx';
import { type ShownHop, shownHops } from './hops.ts';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';

const trusts: Readonly<Record<ShownHop['trust'], { readonly words: string; readonly tone: Tone }>> = {
  believed: { words: 'receiver', tone: 'good' },
  border: { words: 'border', tone: 'accent' },
  claimed: { words: 'claimed', tone: 'warn' },
};

const known: Readonly<Record<string, string>> = {
  trusted: 'A trusted receiver wrote the field at the border: what it says of the client is believed.',
  assumed: 'No trusted receiver is set: the topmost field with a public client is taken for the border.',
  given: 'The client was given when the message was taken in.',
  unknown: 'Nobody who is believed names the client: every field may be invented.',
};

/** The way of the message, oldest first: when, from whom to whom, how long it lay, and from where on it is believed. */
export function HopsTab({ means }: { readonly means: TabMeans }) {
  const { headers, checks } = means.shown.message;
  const spf = checks.find(({ method }) => method === 'SPF');
  const hops = shownHops(headers?.hops ?? [], spf?.clientIp ?? means.shown.message.senderIp);
  if (hops.length === 0)
    return (
      <div className={css.content}>
        <EmptyState icon="list" title="No hop is known">
          {headers ? 'The message has no Received field.' : 'It came with an export, not as raw mail.'}
        </EmptyState>
      </div>
    );
  return (
    <div className={css.content}>
      <Notice>
        {known[spf?.clientKnown ?? ''] ?? 'What lies below the border was written by whoever had the message before.'}
      </Notice>
      <Table
        label="Hops, oldest first"
        rows={hops}
        keyOf={({ number }) => number}
        columns={[
          { name: '#', numeric: true, cell: ({ number }) => number },
          { name: 'Time (UTC)', cell: ({ at }) => <span className={css.name}>{secondOf(at) || '–'}</span> },
          { name: 'Delay', numeric: true, cell: ({ delay }) => <Delay seconds={delay} /> },
          { name: 'From', grows: true, mono: true, cell: ({ from, ip }) => <From from={from} ip={ip} /> },
          {
            name: 'By',
            mono: true,
            cell: ({ by }) => <Address text={by || '–'} />,
          },
          { name: 'With', cell: ({ protocol }) => <Hostile text={protocol || '–'} most={60} /> },
          { name: 'Word of', cell: ({ trust }) => <Badge tone={trusts[trust].tone}>{trusts[trust].words}</Badge> },
        ]}
      />
    </div>
  );
}

const From = ({ from, ip }: { readonly from: string; readonly ip: string }) => (
  <span className={css.cell}>
    <Hostile text={from || '–'} most={120} />
    {ip && (
      <>
        {' '}
        [<Hostile text={ip} most={60} />]
      </>
    )}
  </span>
);

function Delay({ seconds }: { readonly seconds: number | undefined }) {
  if (seconds === undefined) return '–';
  const isOdd = seconds < -2 || seconds > 600;
  return isOdd ? <Badge tone="warn">{spanOf(seconds)}</Badge> : spanOf(seconds);
}
