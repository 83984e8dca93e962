/** What a row of a mail table stands for, and which columns differ among the rows of one message. */
export interface MailRows {
  readonly one: string;
  readonly several: string;
  readonly differ: readonly string[];
}

/**
 * Tables with several rows a message. Sender, subject and authentication are the message's: they are the same in all rows
 * of EmailEvents with one NetworkMessageId; recipient, place and action are the delivery's.
 */
export const mailRows: Readonly<Record<string, MailRows>> = {
  EmailEvents: {
    one: 'recipient',
    several: 'recipients',
    differ: [
      'RecipientEmailAddress',
      'RecipientObjectId',
      'RecipientDomain',
      'DeliveryAction',
      'DeliveryLocation',
      'LatestDeliveryLocation',
      'LatestDeliveryAction',
      'EmailAction',
      'EmailActionPolicy',
      'UserLevelAction',
      'UserLevelPolicy',
      'IsFirstContact',
      'DistributionList',
    ],
  },
  EmailUrlInfo: {
    one: 'URL',
    several: 'URLs',
    differ: ['Url', 'UrlDomain', 'UrlLocation', 'UrlChainId', 'UrlChainPosition'],
  },
  EmailAttachmentInfo: {
    one: 'attachment',
    several: 'attachments',
    differ: [
      'RecipientEmailAddress',
      'RecipientObjectId',
      'FileName',
      'FileType',
      'FileExtension',
      'SHA256',
      'FileSize',
      'ThreatTypes',
      'ThreatNames',
      'DetectionMethods',
    ],
  },
  EmailPostDeliveryEvents: {
    one: 'action after delivery',
    several: 'actions after delivery',
    differ: [
      'Timestamp',
      'TimeGenerated',
      'Action',
      'ActionType',
      'ActionTrigger',
      'ActionResult',
      'RecipientEmailAddress',
      'DeliveryLocation',
      'SourceLocation',
    ],
  },
  UrlClickEvents: {
    one: 'click',
    several: 'clicks',
    differ: [
      'Timestamp',
      'TimeGenerated',
      'Url',
      'ActionType',
      'AccountUpn',
      'Workload',
      'ThreatTypes',
      'IPAddress',
      'IsClickedThrough',
      'UrlChain',
    ],
  },
};

/** Columns by which the mail tables name one message. */
export const messageKeys: ReadonlySet<string> = new Set(['NetworkMessageId', 'InternetMessageId']);

/** Columns that name the person that a message went to. */
export const recipientColumns: ReadonlySet<string> = new Set([
  'RecipientEmailAddress',
  'AccountUpn',
  'RecipientObjectId',
]);

/** Tables with one row for each value of a column, beside those whose schema says so. */
export const oneRowEach: Readonly<Record<string, readonly string[]>> = {
  AlertInfo: ['AlertId'],
  ExposureGraphNodes: ['NodeId'],
  ExposureGraphEdges: ['EdgeId'],
};
