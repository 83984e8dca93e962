import { useSearch } from 'wouter';
import type { ShownMessage } from '../../../../src/server/workbench/messages/one.ts';
import { useJson, useMe } from '../../api/index.ts';
import { useActions } from '../../keys/index.ts';
import { Badge, Button, FailureNotice, IconButton, Notice, Page, Spinner, Tabs } from '../../ui/index.ts';
import { Hostile } from '../text/hostile.tsx';
import { clipped, plainText } from '../text/hostile-text.ts';
import { minuteOf } from '../text/times.ts';
import css from './message-page.module.css';
import { isTab, type TabId, type TabMeans, tabsOf } from './message-tabs.tsx';
import { useFindings } from './use-findings.ts';

export interface MessagePageProps {
  readonly id: string;
  readonly tab: string | undefined;
  readonly onTab: (tab: TabId) => void;
  readonly onBack: () => void;
  readonly onNext: (() => void) | undefined;
  readonly onPrevious: (() => void) | undefined;
}

/** One message: what it is, and everything about it in tabs. */
export function MessagePage({ id, tab, onTab, onBack, onNext, onPrevious }: MessagePageProps) {
  const { may } = useMe();
  const base = `/api/v1/messages/${encodeURIComponent(id)}`;
  const chosen: TabId = isTab(tab) ? tab : 'overview';
  const asked = useJson<ShownMessage>(base);
  const findings = useFindings(base, {
    tab: chosen,
    isThere: asked.value !== undefined,
    isWanted: useSearch().includes('investigate'),
  });
  const investigate = () => {
    findings.investigate();
    if (chosen !== 'timeline' && chosen !== 'overview') onTab('overview');
  };
  useActions([
    { name: 'Back to the list', keys: 'Escape', group: 'Message', run: onBack },
    { name: 'Investigate', keys: 'i', group: 'Message', run: investigate },
    ...(onNext ? [{ name: 'Next message', keys: 'j', group: 'Message', run: onNext }] : []),
    ...(onPrevious ? [{ name: 'Message before', keys: 'k', group: 'Message', run: onPrevious }] : []),
  ]);
  const title = asked.value ? clipped(plainText(asked.value.message.subject) || 'No subject', 120) : 'Message';

  if (asked.error)
    return (
      <Page title="Message" tools={<Button onPress={onBack}>Back to the list</Button>}>
        <FailureNotice error={asked.error} />
      </Page>
    );
  if (!asked.value)
    return (
      <Page title="Message">
        <Spinner label="Reading the message" />
      </Page>
    );
  const means: TabMeans = {
    base,
    shown: asked.value,
    ...findings,
    mayReadBodies: may('bodies'),
    investigate,
  };
  return (
    <Page title={title} bare fill>
      <div className={css.view}>
        <Head means={means} onBack={onBack} onNext={onNext} onPrevious={onPrevious} />
        <Tabs label="Message" tabs={tabsOf(means, chosen)} chosen={chosen} onChoose={onTab} fill />
      </div>
    </Page>
  );
}

interface HeadProps extends Pick<MessagePageProps, 'onBack' | 'onNext' | 'onPrevious'> {
  readonly means: TabMeans;
}

function Head({ means, onBack, onNext, onPrevious }: HeadProps) {
  const { shown, isInvestigating, investigation, investigate, base } = means;
  const { message, notes, isOpened } = shown;
  return (
    <header className={css.head}>
      <div className={css.top}>
        <IconButton icon="left" label="Back to the list" keys="Escape" onPress={onBack} />
        <h2 className={css.subject}>
          {message.subject === '' ? <em>No subject</em> : <Hostile text={message.subject} most={300} />}
        </h2>
        <div className={css.tools}>
          <IconButton
            icon="up"
            label="Message before"
            keys="k"
            isDisabled={!onPrevious}
            onPress={() => onPrevious?.()}
          />
          <IconButton icon="down" label="Next message" keys="j" isDisabled={!onNext} onPress={() => onNext?.()} />
          {investigation ? (
            <a className={css.report} href={`${base}/report.html`} target="_blank" rel="noreferrer">
              Report
            </a>
          ) : (
            <Button look="primary" icon="search" isDisabled={isInvestigating} onPress={investigate}>
              {isInvestigating ? 'Investigating …' : 'Investigate'}
            </Button>
          )}
        </div>
      </div>
      <p className={css.line}>
        <b>
          <Hostile text={message.senderDisplayName || message.senderFromAddress} most={80} />
        </b>{' '}
        <span className={css.quiet}>
          <Hostile text={message.senderFromAddress} most={120} mono />
        </span>
        <time dateTime={message.at}>{minuteOf(message.at)} UTC</time>
        {message.direction !== '' && <Badge>{message.direction}</Badge>}
        {isOpened && <Badge tone="accent">opened file</Badge>}
      </p>
      {notes.map((note) => (
        <Notice key={note} tone="warn">
          {note}
        </Notice>
      ))}
    </header>
  );
}
