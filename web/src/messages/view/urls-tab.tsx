import type { ShownUrl } from '../../../../src/server/workbench/messages/one.ts';
import { quoted } from '../../grid/values/kql-literal.ts';
import { Badge, CopyButton, Table } from '../../ui/index.ts';
import { HuntButton } from '../hunt-button.tsx';
import { defanged } from '../text/defang.ts';
import { Domain, Hostile } from '../text/hostile.tsx';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';

/** The URLs of a message, defanged, with what rewriters have hidden; none of them is a link. */
export function UrlsTab({ means }: { readonly means: TabMeans }) {
  const { urls, unicode } = means.shown;
  return (
    <div className={css.content}>
      <Table
        label="URLs"
        rows={urls}
        keyOf={({ url, location }) => `${location} ${url}`}
        empty="The message has no URL."
        columns={[
          { name: 'Where', cell: ({ location }) => <Badge>{location}</Badge> },
          { name: 'URL', grows: true, mono: true, cell: (url) => <Chain url={url} /> },
          {
            name: 'Domain',
            cell: ({ domain, inner }) => (
              <span className={css.cell}>
                <Domain name={inner.at(-1)?.domain ?? domain} unicode={unicode} />
              </span>
            ),
          },
          {
            name: 'Copy',
            cell: ({ url, inner }) => (
              <CopyButton text={defanged(inner.at(-1)?.url ?? url)} label="Copy the URL, defanged" />
            ),
          },
          {
            name: 'Others',
            cell: ({ domain }) => (
              <HuntButton
                text={`EmailUrlInfo\n| where UrlDomain == ${quoted(domain)}\n| join kind=inner EmailEvents on NetworkMessageId\n| project Timestamp, SenderFromAddress, RecipientEmailAddress, Subject, Url`}
              />
            ),
          },
        ]}
      />
    </div>
  );
}

const Chain = ({ url: { url, inner } }: { readonly url: ShownUrl }) => (
  <span className={css.cell}>
    <Hostile text={defanged(url)} most={240} />
    {inner.map((one) => (
      <span key={one.url} className={css.chain}>
        → <Hostile text={defanged(one.url)} most={240} />
      </span>
    ))}
  </span>
);
