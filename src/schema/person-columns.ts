import type { TableSchema } from './table.ts';

/**
 * Columns whose value says who a row is about: addresses, user principal names, object ids and SIDs of people. A row in
 * which one of them is a person's is that person's. Columns that hold lists or prose, where a person is one of several,
 * are left out on purpose: what they say of others stays.
 */
const personColumns: ReadonlySet<string> = new Set(
  `
  RecipientEmailAddress SenderFromAddress SenderMailFromAddress SenderEmailAddress EmailAddress EmailRecipient
  EmailSenderAddress UserEmail AccountEmail SendAsUserSmtp SendOnBehalfOfUserSmtp MailboxOwnerUPN DestMailboxOwnerUPN
  AccountUpn TargetAccountUpn InitiatingProcessAccountUpn UserPrincipalName PeerUserPrincipalName ActorPrincipalName
  TargetPrincipalName FileOwnerUpn LastModifyingAccountUpn CreatorAccountUpn LastModifiedByUpn LastPublishedByUpn UPN
  UserId UserName TargetUserOrGroupName CloudAppLoginUser PrimaryUser SourceUserName
  AccountObjectId RecipientObjectId SenderObjectId InitiatingProcessAccountObjectId AccountId PeerUserId
  AccountSid InitiatingProcessAccountSid RequestAccountSid SourceUserSid TargetUserSid SubjectUserSid MailboxOwnerSid
  LogonUserSid OnPremSid CloudSid
  `
    .trim()
    .split(/\s+/),
);

/**
 * The columns of a table that say who a row is about.
 *
 * @example personColumnsOf(tableNamed('UrlClickEvents')!) // ['AccountUpn']
 */
export const personColumnsOf = ({ columns }: Pick<TableSchema, 'columns'>): readonly string[] =>
  columns.filter(({ name, type }) => type === 'string' && personColumns.has(name)).map(({ name }) => name);
