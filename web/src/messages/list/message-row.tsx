import { Link } from 'wouter';
import type { ListedMessage } from '../../../../src/server/workbench/messages/list.ts';
import { Badge, classNames, counted, Icon, ResultChip } from '../../ui/index.ts';
import { Hostile } from '../text/hostile.tsx';
import { plainText } from '../text/hostile-text.ts';
import { minuteOf } from '../text/times.ts';
import css from './message-list.module.css';
import { addressParts, deliveryOf, recipientsOf } from './row-words.ts';

export interface MessageRowProps {
  readonly message: ListedMessage;
  readonly isChosen: boolean;
  /** True for the one row that the Tab key stops at. */
  readonly isStop: boolean;
  readonly index: number;
  readonly onFocus: (index: number) => void;
}

/** A message in the list: when, who, what, to whom, what became of it. */
export function MessageRow({ message, isChosen, isStop, index, onFocus }: MessageRowProps) {
  const { networkMessageId, at, senderDisplayName, senderFromAddress, subject, dmarc, compAuth } = message;
  const delivery = deliveryOf(message);
  const { first, more } = recipientsOf(message);
  return (
    <Link
      href={`/${encodeURIComponent(networkMessageId)}`}
      className={classNames(css.row, isChosen && css.chosen)}
      tabIndex={isStop ? 0 : -1}
      data-index={index}
      aria-label={labelOf(message, delivery.words)}
      onFocus={() => onFocus(index)}
    >
      <time className={css.time} dateTime={at}>
        {minuteOf(at).slice(5)}
      </time>
      <span className={css.chip}>
        {dmarc ? (
          <ResultChip of="dmarc" result={dmarc} />
        ) : (
          <Badge>{compAuth ? `compauth ${compAuth}` : 'no result'}</Badge>
        )}
      </span>
      <span className={css.sender} title={plainText(senderFromAddress)}>
        {senderDisplayName !== '' && (
          <span className={css.name}>
            <Hostile text={senderDisplayName} most={80} />
          </span>
        )}
        <Address text={senderFromAddress} />
      </span>
      <span className={css.subject}>
        {subject === '' ? <em>no subject</em> : <Hostile text={subject} most={200} />}
      </span>
      <span className={css.recipients}>
        <Hostile text={first} most={60} />
        {more > 0 && ` +${more}`}
      </span>
      <span className={css.delivery}>
        <Badge tone={delivery.tone}>{delivery.words}</Badge>
      </span>
      <Marks message={message} />
    </Link>
  );
}

/** An address of which the domain stays where there is no room for all: it is what a forger cannot choose freely. */
function Address({ text }: { readonly text: string }) {
  const { local, domain } = addressParts(text);
  return (
    <>
      <span className={css.local}>
        <Hostile text={local} most={80} />
      </span>
      {domain !== '' && (
        <span className={css.domain}>
          @<Hostile text={domain} most={80} />
        </span>
      )}
    </>
  );
}

function Marks({
  message: { clicks, isClickedThrough, attachments, threatTypes },
}: {
  readonly message: ListedMessage;
}) {
  return (
    <span className={css.marks}>
      {attachments > 0 && (
        <span title={counted(attachments, 'file')}>
          <Icon name="attachment" size={14} />
        </span>
      )}
      {threatTypes !== '' && (
        <span className={css.threat} title={plainText(threatTypes)}>
          <Icon name="warning" size={14} />
        </span>
      )}
      {clicks > 0 && (
        <Badge tone={isClickedThrough ? 'bad' : 'warn'} icon="link">
          {clicks}
        </Badge>
      )}
    </span>
  );
}

/** What a screen reader says of a row, in one sentence. */
function labelOf(message: ListedMessage, delivery: string): string {
  const { senderDisplayName, senderFromAddress, subject, dmarc, clicks, at, recipientCount, attachments } = message;
  return [
    plainText(subject) || 'no subject',
    `from ${plainText(senderDisplayName || senderFromAddress)}`,
    `DMARC ${dmarc || 'not known'}`,
    `${counted(recipientCount, 'recipient')}, ${delivery}`,
    ...(clicks > 0 ? [counted(clicks, 'click')] : []),
    ...(attachments > 0 ? [counted(attachments, 'file')] : []),
    minuteOf(at),
  ].join(', ');
}
