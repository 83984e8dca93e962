import type { PhraseTable } from '../phrase.ts';

/** English. */
export const english: PhraseTable = {
  language: 'en',
  themes: {
    payment: [
      [
        'process|arrange|release|initiate|approve _ payment|transfer|wire',
        'Please process the attached payment.',
        'The payment has been processed.',
      ],
      ['wire transfer', 'I need a wire transfer today.', 'The wire was transferred to the roof.'],
      [
        'outstanding|overdue|unpaid payment|invoice|balance',
        'You have an unpaid invoice.',
        'An outstanding piece of work.',
      ],
      ['pay|settle _ invoice _ today|now|attached', 'Please pay the attached invoice today.', 'You can pay by card.'],
    ],
    'invoice-change': [
      [
        'new|changed|updated|different bank|banking account|details|information',
        'Find our new bank details below.',
        'A new bank opened in town.',
      ],
      [
        'bank|banking|account details|information have|has|were|are changed|updated',
        'Our bank details have changed.',
        'Our opening hours have changed.',
      ],
      [
        'change of|to our?|the? bank|banking account|details',
        'Notice of change of bank details.',
        'A change of plans at the bank.',
      ],
      [
        'change|update _ direct deposit|payroll',
        'I want to update my direct deposit.',
        'Payroll is paid by direct deposit.',
      ],
      ['bank account _ audit|review|closed', 'Our bank account is under audit.', 'The audit of the bank is over.'],
    ],
    password: [
      [
        'security|account|identity verification required|needed',
        'Security verification required',
        'Verification by the security guard',
      ],
      [
        'update|revise|confirm|verify your|the? payment|billing information|details|method',
        'Revise payment information',
        'Information about payment',
      ],
      [
        'sign|signin|login|logon _ new|unknown|unrecognized|unrecognised device',
        'A sign-in from a new device',
        'Buy a new device',
      ],
      ['update your account', 'Please update your account.', 'An update on your order.'],
      [
        'verify|confirm|validate|reactivate|unlock your|the account|password|mailbox|identity|credentials',
        'Please verify your account.',
        'Please verify your order.',
      ],
      ['password _ expire*|expiring|expiry', 'Your password will expire soon.', 'Your passport will expire soon.'],
      [
        'mailbox|inbox|storage|quota _ full|exceeded|limit',
        'Your mailbox is almost full.',
        'The mailbox in front of the house is red.',
      ],
      [
        'account _ suspended|locked|disabled|deactivated|restricted',
        'Your account has been suspended.',
        'A suspended bridge on account of repairs.',
      ],
      ['unusual|suspicious sign|login|activity|logon', 'We noticed suspicious activity.', 'An active suspicion.'],
      ['keep the? same|current|using password', 'Keep current password', 'Keep the same pace.'],
    ],
    'shared-document': [
      ['shared|shares a|an|the document|file|folder|pdf', 'Dana shared a file.', 'We shared a meal.'],
      ['shared _ with you', 'Budget 2026.xlsx was shared with you.', 'We shared our worries without you.'],
      [
        'view|open|review|access _ shared|secure|secured|encrypted|protected document|file|message',
        'Open the secure document.',
        'Open the document cupboard.',
      ],
      ['new|missed voice|voicemail message|mail', 'You have a new voice message.', 'A new choice of message.'],
      [
        'document|file|contract _ your signature',
        'A document awaits your signature.',
        'Your document has a signature field.',
      ],
    ],
    executive: [
      ['are you at your desk|the|office', 'Are you at your desk?', 'Is your desk tidy?'],
      [
        'are you available|free _ now|moment|minute|task',
        'Are you available at the moment?',
        'Are you available as a download?',
      ],
      [
        'in a|an meeting|conference _ call|calls|phone|talk|email|mail',
        'I am in a meeting, no calls, just reply to my email.',
        'The meeting room has a phone.',
      ],
      ['keep this|it between|confidential|discreet|strictly', 'Keep this confidential for now.', 'Keep this side up.'],
      ['quick task|favor|favour', 'I need a quick favor.', 'A quick tasty meal.'],
      [
        'send|text|give me your cell|mobile|personal|whatsapp',
        'Send me your personal number.',
        'Send me your order number.',
      ],
    ],
    urgency: [
      ['action required|needed', 'Action required', 'Action films'],
      ['urgent|urgently', 'This is urgent.', 'The insurgents left.'],
      [
        'immediate action|attention|response',
        'Your immediate attention is needed.',
        'The intermediate attention was small.',
      ],
      ['within _ 12|24|48 hours|hrs', 'Act within the next 24 hours.', 'The shop is open 24 hours.'],
      ['asap', 'Answer asap.', 'The ASAPH group.'],
      ['final|last notice|warning|reminder', 'Final notice: your parcel.', 'The final was a notable game.'],
    ],
    'gift-card': [
      ['gift|giftcard card|cards|voucher|vouchers', 'Buy five gift cards.', 'A gift for the card player.'],
      ['itunes|steam|amazon|google|apple play? card|cards', 'I need Steam cards.', 'The steam from the card press.'],
      ['scratch _ code|codes|back|silver', 'Scratch the back and send a photo.', 'Made from scratch.'],
    ],
  },
  displayNames: [
    ['ceo|cfo|coo|cto', 'Jane Doe, CEO', 'Coop Market'],
    ['chief executive|financial|operating|technology officer', 'Chief Financial Officer', 'Chief of police'],
    ['managing director', 'Managing Director', 'Film director'],
    ['help desk', 'IT Help Desk', 'Self help'],
    ['helpdesk|servicedesk', 'Contoso Helpdesk', 'Desktop News'],
    ['it support|department|service|team|admin', 'IT Support', 'Item support'],
    ['human resources', 'Human Resources', 'Human rights watch'],
    ['payroll|accounts department|team|payable', 'Payroll Department', 'Bank accounts'],
  ],
};
