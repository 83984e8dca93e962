import { Badge, Button, counted, Facts, FailureNotice, Notice, Panel, ResultChip, Spinner } from '../../ui/index.ts';
import { AuthPicture } from '../picture/auth-picture.tsx';
import { Domain, Hostile } from '../text/hostile.tsx';
import { secondOf } from '../text/times.ts';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';
import { VerdictCard } from './verdict-card.tsx';

/** What the message is at a glance: before it is investigated its facts, then the verdict before them. */
export function OverviewTab({ means }: { readonly means: TabMeans }) {
  const { investigation, investigationError, isInvestigating, investigate, shown } = means;
  return (
    <div className={css.content}>
      {investigationError !== undefined && (
        <FailureNotice error={investigationError} actions={<Button onPress={investigate}>Try again</Button>} />
      )}
      {isInvestigating && investigationError === undefined && <Spinner label="Investigating" />}
      {investigation && <VerdictCard investigation={investigation} base={means.base} />}
      <Panel title="Authentication">
        <AuthPicture message={shown.message} unicode={shown.unicode} />
      </Panel>
      <div className={css.columns}>
        <Panel title="Message">
          <MessageFactsList means={means} />
        </Panel>
        <Panel title="What happened">
          <Happened means={means} />
        </Panel>
      </div>
    </div>
  );
}

function MessageFactsList({ means: { shown } }: { readonly means: TabMeans }) {
  const { message, unicode } = shown;
  const { headers, words } = message;
  return (
    <Facts
      facts={[
        [
          'From',
          <Hostile
            key="from"
            text={headers?.from || `${message.senderDisplayName} <${message.senderFromAddress}>`}
            most={300}
          />,
        ],
        ['From domain', <Domain key="domain" name={message.senderFromDomain} unicode={unicode} />],
        ['Envelope sender', <Hostile key="envelope" text={message.senderMailFromAddress || '<> (none)'} mono />],
        ['Reply to', headers?.replyTo ? <Hostile key="reply" text={headers.replyTo} mono /> : undefined],
        ['Client', message.senderIp && <code key="ip">{message.senderIp}</code>],
        ['Received', `${secondOf(message.at)} UTC`],
        [
          'Results',
          <span key="results" className={css.bar}>
            {(['spf', 'dkim', 'dmarc', 'compAuth'] as const).map(
              (name) => words[name] && <ResultChip key={name} of={name.toLowerCase()} result={words[name]} />,
            )}
          </span>,
        ],
        ['Message-ID', <Hostile key="mid" text={message.internetMessageId} mono />],
        ['Network id', <code key="nid">{message.networkMessageId}</code>],
        ['Mail program', headers?.mailer ? <Hostile key="mailer" text={headers.mailer} most={120} /> : undefined],
        ['Problems', headers && headers.problems.length > 0 ? headers.problems.join(', ') : undefined],
      ]}
    />
  );
}

function Happened({ means: { shown, evidence } }: { readonly means: TabMeans }) {
  const { message, urls } = shown;
  const deliveries = new Map<string, number>();
  for (const { deliveryAction, deliveryLocation } of message.recipients) {
    const words = `${deliveryAction || 'not known'}${deliveryLocation && ` · ${deliveryLocation}`}`;
    deliveries.set(words, (deliveries.get(words) ?? 0) + 1);
  }
  const isDerived = message.recipients.some(({ deliveryKnown }) => deliveryKnown === 'derived');
  return (
    <>
      <Facts
        facts={[
          ['Recipients', String(message.recipients.length)],
          ...[...deliveries].map(([words, count]) => [words, `${count}`] as const),
          [
            'Threats',
            message.threatTypes ? (
              <Badge key="threats" tone="bad">
                {message.threatTypes}
              </Badge>
            ) : (
              'none found'
            ),
          ],
          [
            'Later',
            message.postDelivery.length > 0
              ? `${counted(message.postDelivery.length, 'action')} after delivery`
              : undefined,
          ],
          ['URLs', String(urls.length)],
          ['Files', String(message.attachments.length)],
          ['Clicks', evidence ? String(evidence.clicks.length) : undefined],
          ['Campaign', evidence && counted(evidence.campaign.count, 'other message')],
        ]}
      />
      {isDerived && (
        <Notice tone="warn">
          Nothing says what became of it: delivery to the inbox is assumed, as for all raw mail without a receiver’s
          word.
        </Notice>
      )}
    </>
  );
}
