import { dynamic, type JudgedMessage, type RowTable, rowTable, type TableRows, ticks } from '../ingest/index.ts';
import type { AlertEvent, FollowUps, InboxRuleEvent, SignInEvent } from './follow-ups.ts';

const browser = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36';

const signIns = rowTable<SignInEvent>('EntraIdSignInEvents', {
  Timestamp: ({ at }) => ticks(at),
  Application: () => 'Office 365 Exchange Online',
  LogonType: () => '["interactiveUser"]',
  ErrorCode: ({ errorCode }) => errorCode,
  AccountDisplayName: ({ person }) => person.name,
  AccountObjectId: ({ person }) => person.objectId,
  AccountUpn: ({ person }) => person.address,
  IsExternalUser: () => 0,
  IsGuestUser: () => false,
  AuthenticationRequirement: () => 'singleFactorAuthentication',
  RiskLevelDuringSignIn: ({ risk }) => risk,
  UserAgent: () => browser,
  ClientAppUsed: () => 'Browser',
  IPAddress: ({ ip }) => ip,
  Country: ({ country }) => country,
  City: ({ city }) => city,
  ReportId: ({ reportId }) => reportId,
});

const inboxRules = rowTable<InboxRuleEvent>('CloudAppEvents', {
  Timestamp: ({ at }) => ticks(at),
  ActionType: () => 'New-InboxRule',
  Application: () => 'Microsoft Exchange Online',
  AccountObjectId: ({ person }) => person.objectId,
  AccountId: ({ person }) => person.address,
  AccountDisplayName: ({ person }) => person.name,
  AccountType: () => 'Regular',
  IPAddress: ({ ip }) => ip,
  CountryCode: ({ country }) => country,
  UserAgent: () => browser,
  ActivityType: () => 'Create',
  ReportId: ({ reportId }) => reportId,
  RawEventData: ({ person, ip, forwardTo }) =>
    dynamic({
      Operation: 'New-InboxRule',
      UserId: person.address,
      ClientIP: ip,
      ObjectId: `${person.address}\\.`,
      Parameters: [
        { Name: 'Name', Value: '.' },
        { Name: 'SubjectOrBodyContainsWords', Value: 'invoice;payment;bank' },
        { Name: 'ForwardTo', Value: forwardTo },
        { Name: 'DeleteMessage', Value: 'True' },
      ],
    }),
});

const alertInfo = rowTable<AlertEvent>('AlertInfo', {
  Timestamp: ({ at }) => ticks(at),
  AlertId: ({ id }) => id,
  Title: ({ title }) => title,
  Category: ({ category }) => category,
  Severity: ({ severity }) => severity,
  ServiceSource: ({ source }) => source,
  DetectionSource: ({ source }) => source,
  AttackTechniques: ({ techniques }) => JSON.stringify(techniques),
});

/** One thing that an alert is about. */
interface Piece {
  readonly alert: AlertEvent;
  readonly type: 'User' | 'Ip' | 'MailMessage' | 'Url';
  readonly judged: JudgedMessage;
}

const only =
  (type: Piece['type'], cell: (piece: Piece) => string) =>
  (piece: Piece): string =>
    piece.type === type ? cell(piece) : '';

const alertEvidence = rowTable<Piece>('AlertEvidence', {
  Timestamp: ({ alert }) => ticks(alert.at),
  AlertId: ({ alert }) => alert.id,
  Title: ({ alert }) => alert.title,
  Categories: ({ alert }) => JSON.stringify([alert.category]),
  AttackTechniques: ({ alert }) => JSON.stringify(alert.techniques),
  ServiceSource: ({ alert }) => alert.source,
  DetectionSource: ({ alert }) => alert.source,
  EntityType: ({ type }) => type,
  EvidenceRole: ({ type }) => (type === 'User' ? 'Impacted' : 'Related'),
  RemoteIP: only('Ip', ({ alert }) => alert.ip),
  RemoteUrl: only('Url', ({ judged }) => judged.content.urls[0]?.url ?? ''),
  AccountName: only('User', ({ alert }) => alert.person.address.split('@')[0]!),
  AccountObjectId: only('User', ({ alert }) => alert.person.objectId),
  AccountUpn: only('User', ({ alert }) => alert.person.address),
  NetworkMessageId: only('MailMessage', ({ judged }) => judged.networkMessageId),
  EmailSubject: only('MailMessage', ({ judged }) => judged.content.subject),
  Severity: ({ alert }) => alert.severity,
});

const piecesOf = (alert: AlertEvent, judged: JudgedMessage): readonly Piece[] =>
  (alert.isOfMessage ? (['User', 'MailMessage', 'Url'] as const) : (['User', 'Ip'] as const)).map((type) => ({
    alert,
    type,
    judged,
  }));

/** The tables that what follows a message is told in. */
export const followUpTables = [signIns.name, inboxRules.name, alertInfo.name, alertEvidence.name] as const;

/** What came of a message, as rows. */
export function followUpRows(judged: JudgedMessage, followUps: FollowUps): readonly TableRows[] {
  return [
    printed(signIns, followUps.signIns),
    printed(inboxRules, followUps.inboxRules),
    printed(alertInfo, followUps.alerts),
    printed(
      alertEvidence,
      followUps.alerts.flatMap((alert) => piecesOf(alert, judged)),
    ),
  ].filter(({ rows }) => rows.length > 0);
}

const printed = <T>({ name, columns, row }: RowTable<T>, things: readonly T[]): TableRows => ({
  table: name,
  columns,
  rows: things.map(row),
});
