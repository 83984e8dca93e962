import { keyringOf } from '../../../src/lab/kernel/keys.ts';
import {
  parseZone,
  type Resolver,
  readMessage,
  type SignDkimOptions,
  sealArc,
  signDkim,
  zoneResolver,
} from '../../../src/mail/index.ts';
import { arcMessageContent, arcSealContent, dkimContents, split } from './signed-content.ts';

export const now = Date.parse('2026-07-18T15:00:00Z');
const time = now / 1000 - 3600;

const keys = keyringOf(1);
const rsa = keys.pair('bank.example', 'rsa-2048');
const ed = keys.pair('bank.example', 'ed25519');

const keyRecord = (name: string, { kind, published }: typeof rsa): string => {
  const strings = `v=DKIM1; k=${kind === 'ed25519' ? kind : 'rsa'}; p=${published}`.match(/.{1,250}/g)!;
  return `${name} TXT ${strings.map((text) => `"${text}"`).join(' ')}\n`;
};

const signers = ['bank.example', 'shop.example', 'evil.example', 'lists.example', 'mx.example'];

/** Banks refuse what is not theirs, shops say nothing, partners have SPF alone. */
export const resolver: Resolver = zoneResolver(
  parseZone(
    `$ORIGIN .
bank.example TXT "v=spf1 ip4:192.0.2.10 -all"
_dmarc.bank.example TXT "v=DMARC1; p=reject"
shop.example TXT "v=spf1 ip4:192.0.2.20 ?all"
_dmarc.shop.example TXT "v=DMARC1; p=none; adkim=s"
partner.example TXT "v=spf1 ip4:192.0.2.30 -all"
_dmarc.partner.example TXT "v=DMARC1; p=quarantine"
evil.example TXT "v=spf1 ip4:203.0.113.7 -all"
_dmarc.evil.example TXT "v=DMARC1; p=none"
lists.example TXT "v=spf1 ip4:192.0.2.40 -all"
${signers.map((domain) => keyRecord(`rsa._domainkey.${domain}`, rsa) + keyRecord(`ed._domainkey.${domain}`, ed)).join('')}`,
    'world.zone',
  ),
);

/** A message as it was sent, and who brought it. */
export interface Sent {
  readonly name: string;
  readonly envelope: string;
  readonly ip: string;
  /** Latin1: a character a byte. */
  readonly message: string;
}

/** All that was ever signed or sealed with the keys of this world, as `signed-content.ts` sees it. */
export interface Signed {
  readonly dkim: ReadonlySet<string>;
  readonly arcMessages: ReadonlySet<string>;
  readonly arcSeals: ReadonlySet<string>;
}

/** What the receiver writes above a message: nobody before it can change that. */
export const received = ({ envelope, ip }: Sent, message: string): Buffer =>
  Buffer.from(
    `Return-Path: <${envelope}>\r\nReceived: from client.example ([${ip}])\r\n by mx.contoso.example with ESMTPS id 1` +
      ` for <ben@contoso.example>; Sat, 18 Jul 2026 14:08:56 +0000\r\n${message}`,
    'latin1',
  );

const letter = (
  from: string,
  subject: string,
  more = '',
  body = 'Your invoice: https://pay.bank.example/1\r\n',
): string =>
  `From: ${from}\r\nTo: ben@contoso.example\r\nSubject: ${subject}\r\nDate: Sat, 18 Jul 2026 14:08:00 +0000\r\n` +
  `Message-ID: <1@bank.example>\r\n${more}\r\n${body}`;

const plain = 'MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n';
const multipart = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n\tboundary="=_b1"\r\n';
const parts = `preamble\r
--=_b1\r
Content-Type: multipart/alternative; boundary=inner\r
\r
--inner\r
Content-Type: text/plain; charset="utf-8"\r
Content-Transfer-Encoding: quoted-printable\r
\r
Gr=C3=BC=C3=9Fe  \r
--inner\r
Content-Type: text/html; charset=iso-8859-1\r
Content-Transfer-Encoding: base64\r
\r
${Buffer.from('<p>See <a href="https://evil.example/x">https://bank.example</a></p>'.repeat(3)).toString('base64')}\r
--inner--\r
--=_b1\r
Content-Type: application/pdf; name="=?utf-8?B?cmVjaG51bmcucGRm?="\r
Content-Disposition: attachment; filename*=utf-8''rechnung.pdf\r
Content-Transfer-Encoding: base64\r
\r
${Buffer.from('%PDF-1.7 nothing in it').toString('base64')}\r
--=_b1\r
Content-Type: message/rfc822\r
\r
From: cy@shop.example\r
Subject: inside\r
\r
Inner https://inner.example/\r
--=_b1--\r
`;

type Signing = Omit<SignDkimOptions, 'key'>;

/** Puts a signature above a message. The selector names the key. */
function sign(message: string, options: Signing): string {
  const key = (options.selector === 'ed' ? ed : rsa).privateKey;
  return signDkim(readMessage(Buffer.from(message, 'latin1')), { signedAt: time, ...options, key }) + message;
}

const bank: Signing = { domain: 'bank.example', selector: 'rsa' };
const simple = { canonicalization: 'simple/simple' } as const;

const toList = (message: string): string =>
  message.replace('Subject: ', 'Subject: [list] ').replace(/$/, '-- \r\nThe list\r\n');

/** The kinds of message that the mutations begin with, and what was signed in them. */
export async function sentMessages(): Promise<{ readonly sent: readonly Sent[]; readonly signed: Signed }> {
  const dkim = new Set<string>();
  const arcMessages = new Set<string>();
  const arcSeals = new Set<string>();
  const seal = async (message: string, domain: string): Promise<string> => {
    const results = `mx.${domain}; dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example`;
    const options = { domain, selector: 'rsa', key: rsa.privateKey, results, time, resolver };
    const sealed = (await sealArc(readMessage(Buffer.from(message, 'latin1')), options)) + message;
    const instance = /i=(\d+)/.exec(sealed)![1];
    arcMessages.add(arcMessageContent(split(sealed), Number(instance)));
    arcSeals.add(arcSealContent(split(sealed), Number(instance)));
    return sealed;
  };
  const forwarder = '198.51.100.9';
  const ours = sign(letter('"Ada, of the bank" <ada@bank.example>', 'Invoice', plain), bank);
  const listed = await seal(toList(ours), 'lists.example');
  const sent: readonly Sent[] = [
    { name: 'relaxed', envelope: 'ada@bank.example', ip: forwarder, message: ours },
    {
      name: 'two keys, simple',
      envelope: 'ada@bank.example',
      ip: '192.0.2.10',
      message: sign(sign(letter('ada@bank.example', 'Invoice  2', plain), { ...bank, ...simple }), {
        ...bank,
        ...simple,
        selector: 'ed',
      }),
    },
    {
      name: 'parts',
      envelope: 'ada@bank.example',
      ip: forwarder,
      message: sign(
        letter('=?utf-8?Q?Ad=C3=A4?= <ada@bank.example>', '=?utf-8?B?UmVjaG51bmc=?=', multipart, parts),
        bank,
      ),
    },
    {
      name: 'part of the body, of the header',
      envelope: 'eve@evil.example',
      ip: forwarder,
      message: sign(letter('ada@bank.example', 'Invoice', plain), {
        ...bank,
        headers: ['from', 'date'],
        bodyLength: 20,
      }),
    },
    {
      name: 'strict alignment not met',
      envelope: 'news@shop.example',
      ip: forwarder,
      message: sign(letter('Shop <news@mail.shop.example>', 'News', plain), { domain: 'shop.example', selector: 'ed' }),
    },
    {
      name: 'forged',
      envelope: 'eve@evil.example',
      ip: '203.0.113.7',
      message: sign(letter('ada@bank.example', 'Urgent', plain), { domain: 'evil.example', selector: 'rsa' }),
    },
    {
      name: 'SPF alone',
      envelope: 'cy@partner.example',
      ip: '192.0.2.30',
      message: letter('cy@partner.example', 'Hello', plain),
    },
    {
      name: 'nothing proved',
      envelope: 'ada@bank.example',
      ip: '203.0.113.7',
      message: letter('ada@bank.example', 'Hi'),
    },
    {
      name: 'line feeds',
      envelope: 'ada@bank.example',
      ip: forwarder,
      message: sign(letter('ada@bank.example', 'Invoice', plain).replaceAll('\r', ''), bank).replaceAll('\r', ''),
    },
    { name: 'sealed', envelope: 'list@lists.example', ip: '192.0.2.40', message: listed },
    { name: 'sealed twice', envelope: 'list@lists.example', ip: forwarder, message: await seal(listed, 'mx.example') },
  ];
  for (const { message } of sent) for (const content of dkimContents(split(message))) dkim.add(content);
  return { sent, signed: { dkim, arcMessages, arcSeals } };
}
