import type { ShownField } from '../../../../src/server/workbench/messages/header-fields.ts';
import { useJson } from '../../api/index.ts';
import { Badge, EmptyState, Facts, Notice, Table } from '../../ui/index.ts';
import { Hostile } from '../text/hostile.tsx';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';
import { NotYet } from './not-yet.tsx';

interface Headers {
  readonly fields: readonly ShownField[];
  readonly defects: readonly string[];
}

/** The header field by field, decoded, what is odd marked; without the message itself what its row says. */
export function HeadersTab({ means }: { readonly means: TabMeans }) {
  const isThere = means.shown.hasSource && means.mayReadBodies;
  const { value, error } = useJson<Headers>(isThere ? `${means.base}/headers` : undefined);
  if (!isThere) return <FromRow means={means} />;
  if (error || !value) return <NotYet error={error} label="Reading the header" />;
  const odd = value.fields.filter(({ anomalies }) => anomalies.length > 0).length;
  return (
    <div className={css.content}>
      {value.defects.length > 0 && <Notice tone="warn">{value.defects.join(', ')}</Notice>}
      <p className={css.muted}>
        {value.fields.length} fields, {odd === 0 ? 'none of them odd' : `${odd} of them odd`}
      </p>
      <Table
        label="Header fields"
        rows={value.fields}
        keyOf={(_, index) => index}
        columns={[
          {
            name: 'Field',
            mono: true,
            cell: ({ name }) => (
              <span className={css.name}>
                <Hostile text={name} most={60} />
              </span>
            ),
          },
          { name: 'Value', grows: true, cell: (field) => <Value field={field} /> },
          {
            name: 'Odd',
            cell: ({ anomalies }) =>
              anomalies.map((one) => (
                <Badge key={one} tone="warn" icon="warning">
                  {one}
                </Badge>
              )),
          },
        ]}
      />
    </div>
  );
}

const Value = ({ field: { text, raw } }: { readonly field: ShownField }) => (
  <>
    <Hostile text={text} most={1200} />
    {raw !== undefined && /=\?/.test(raw) && (
      <span className={css.raw}>
        <Hostile text={raw} most={600} />
      </span>
    )}
  </>
);

function FromRow({ means: { shown } }: { readonly means: TabMeans }) {
  const { headers } = shown.message;
  if (!headers)
    return (
      <div className={css.content}>
        <EmptyState icon="list" title="No header is known">
          EmailHeaders has no row of the message: it came with an export, not as raw mail.
        </EmptyState>
      </div>
    );
  const {
    from,
    sender,
    replyTo,
    returnPath,
    inReplyTo,
    references,
    listId,
    listUnsubscribe,
    precedence,
    autoSubmitted,
    mailer,
    fieldNames,
    problems,
  } = headers;
  const fields = {
    From: from,
    Sender: sender,
    'Reply-To': replyTo,
    'Return-Path': returnPath,
    'In-Reply-To': inReplyTo,
    References: references.join(' '),
    'List-Id': listId,
    'List-Unsubscribe': listUnsubscribe,
    Precedence: precedence,
    'Auto-Submitted': autoSubmitted,
    'User-Agent': mailer,
  };
  return (
    <div className={css.content}>
      <Notice>
        {shown.hasSource ? 'You may not read what people wrote' : 'The message itself was not kept'}: these are the
        fields that its row holds.
      </Notice>
      <Facts
        facts={[
          ...Object.entries(fields).map(([name, text]) => [name, text && <Hostile text={text} most={1000} />] as const),
          ['Order of fields', <Hostile key="names" text={fieldNames.join(', ')} most={3000} mono />],
          ['Problems', problems.join(', ')],
        ]}
      />
    </div>
  );
}
