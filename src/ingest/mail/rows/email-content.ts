import type { Attachment, FoundUrl } from '../../../mail/index.ts';
import type { FileThreat, JudgedMessage, Recipient } from '../judged-message.ts';
import { NAME_LENGTH } from './email-events.ts';
import { rowTable, ticks } from './row-table.ts';

/** A URL of a message: once, however many recipients it had. */
export interface MessageUrl {
  readonly judged: JudgedMessage;
  readonly url: FoundUrl;
  /** From 0. */
  readonly place: number;
}

/** EmailUrlInfo. */
export const emailUrlInfo = rowTable<MessageUrl>('EmailUrlInfo', {
  Timestamp: ({ judged }) => ticks(judged.at),
  NetworkMessageId: ({ judged }) => judged.networkMessageId,
  Url: ({ url }) => url.url,
  UrlDomain: ({ url }) => url.domain,
  UrlLocation: ({ url }) => url.location,
  UrlChainId: ({ url }) => (url.chain === undefined ? '' : String(url.chain.id)),
  UrlChainPosition: ({ url }) => url.chain?.position ?? null,
  ReportId: ({ judged, place }) => `${judged.networkMessageId}-url-${place}`,
});

/** A file that a recipient got. */
export interface DeliveredFile {
  readonly judged: JudgedMessage;
  readonly recipient: Recipient;
  readonly file: Attachment;
  readonly place: number;
}

const threat = ({ judged, file }: DeliveredFile): FileThreat | undefined => judged.fileThreats?.get(file.sha256);

/** EmailAttachmentInfo. */
export const emailAttachmentInfo = rowTable<DeliveredFile>('EmailAttachmentInfo', {
  Timestamp: ({ judged }) => ticks(judged.at),
  NetworkMessageId: ({ judged }) => judged.networkMessageId,
  SenderFromAddress: ({ judged }) => judged.authors.mailboxes[0]?.address ?? '',
  SenderDisplayName: ({ judged }) => judged.authors.mailboxes[0]?.name.slice(0, NAME_LENGTH) ?? '',
  SenderObjectId: ({ judged }) => judged.senderObjectId ?? '',
  RecipientEmailAddress: ({ recipient }) => recipient.address,
  RecipientObjectId: ({ recipient }) => recipient.objectId ?? '',
  FileName: ({ file }) => file.fileName,
  FileType: ({ file }) => file.fileType,
  FileExtension: ({ file }) => file.extension,
  SHA256: ({ file }) => file.sha256,
  FileSize: ({ file }) => file.size,
  ThreatTypes: (delivered) => threat(delivered)?.types ?? '',
  ThreatNames: (delivered) => threat(delivered)?.names ?? '',
  DetectionMethods: (delivered) => threat(delivered)?.methods ?? '',
  ReportId: ({ judged, recipient, place }) => `${judged.networkMessageId}-${recipient.address}-file-${place}`,
});
