import type { ShownMessage } from '../../../../src/server/workbench/messages/one.ts';
import type { TabPage } from '../../ui/index.ts';
import { AuthPicture } from '../picture/auth-picture.tsx';
import { AttachmentsTab } from './attachments-tab.tsx';
import { BodyTab } from './body-tab.tsx';
import { CampaignTab } from './campaign-tab.tsx';
import { ClicksTab } from './clicks-tab.tsx';
import { HeadersTab } from './headers-tab.tsx';
import { HopsTab } from './hops-tab.tsx';
import css from './message-page.module.css';
import { OverviewTab } from './overview-tab.tsx';
import { RecipientsTab } from './recipients-tab.tsx';
import { SourceTab } from './source-tab.tsx';
import { TimelineTab } from './timeline-tab.tsx';
import { UrlsTab } from './urls-tab.tsx';
import type { Findings } from './use-findings.ts';

/** What the tabs of a message are made of. */
export interface TabMeans extends Findings {
  /** `/api/v1/messages/ID`. */
  readonly base: string;
  readonly shown: ShownMessage;
  readonly mayReadBodies: boolean;
  readonly investigate: () => void;
}

const tabs = [
  'overview',
  'message',
  'authentication',
  'headers',
  'hops',
  'urls',
  'attachments',
  'recipients',
  'clicks',
  'campaign',
  'timeline',
  'source',
] as const;

export type TabId = (typeof tabs)[number];

export const isTab = (text: string | undefined): text is TabId => tabs.some((one) => one === text);

/** The tabs, of which only the chosen one is made. */
export function tabsOf(means: TabMeans, chosen: TabId): readonly TabPage<TabId>[] {
  const { message, urls, unicode } = means.shown;
  const tab = (id: TabId, name: string, content: () => React.ReactNode, count?: number): TabPage<TabId> => ({
    id,
    name,
    ...(count !== undefined && { count }),
    content: id === chosen ? content() : null,
  });
  return [
    tab('overview', 'Overview', () => <OverviewTab means={means} />),
    tab('message', 'Message', () => <BodyTab means={means} />),
    tab('authentication', 'Authentication', () => (
      <div className={css.content}>
        <AuthPicture message={message} unicode={unicode} />
      </div>
    )),
    tab('headers', 'Headers', () => <HeadersTab means={means} />),
    tab('hops', 'Hops', () => <HopsTab means={means} />, message.headers?.hops.length),
    tab('urls', 'URLs', () => <UrlsTab means={means} />, urls.length),
    tab('attachments', 'Attachments', () => <AttachmentsTab means={means} />, message.attachments.length),
    tab('recipients', 'Recipients', () => <RecipientsTab means={means} />, message.recipients.length),
    tab('clicks', 'Clicks', () => <ClicksTab means={means} />, means.evidence?.clicks.length),
    tab('campaign', 'Campaign', () => <CampaignTab means={means} />, means.evidence?.campaign.count),
    tab('timeline', 'Timeline', () => <TimelineTab means={means} />, means.investigation?.timeline.length),
    tab('source', 'Source', () => <SourceTab means={means} />),
  ];
}
