import { isText, needed, type Reader } from '../../yaml/index.ts';
import { defaultMilterLimits } from '../milter/index.ts';
import { hopTimeouts, smtpLimits, smtpTimeouts } from '../smtp/index.ts';
import {
  choice,
  count,
  type Field,
  type Found,
  field,
  many,
  mapField,
  must,
  readerOf,
  schemaOf,
  size,
  time,
  truth,
} from './field.ts';
import { fileMode, hostName, milterAddress, network, path, selectorName, socketAddress } from './kinds.ts';
import {
  hopTimeoutFields,
  milterLimitFields,
  quarantineLimitFields,
  smtpLimitFields,
  smtpTimeoutFields,
} from './limit-fields.ts';
import type { HopSetup, MilterSetup, SealSetup, SmtpSetup } from './setup.ts';

const networks = many(network);
const ownNetworks = 'networks whose mail is your own and not judged as a stranger’s';
const [second, minute] = [1_000, 60_000];
const [MB, GB] = [2 ** 20, 2 ** 30];

const hopMembers = {
  address: must(field(socketAddress, 'where it is: `HOST:PORT` or a socket file')),
  tls: field(
    choice(['none', 'opportunistic', 'required']),
    '`none`, `opportunistic` (with whatever certificate, else plain) or `required` (a valid certificate, or not at all)',
    'opportunistic',
  ),
  name: field(hostName, 'what its certificate must be of', 'its host'),
  tls_authorities: field(path, 'who may have signed its certificate: a PEM file', 'those of Node'),
  tells: field(
    choice(['none', 'XFORWARD', 'XCLIENT']),
    'how it hears of the client: `XFORWARD` for its log, `XCLIENT` as if the client itself spoke to it, `none` not at all',
    'XFORWARD',
  ),
  timeouts: hopTimeoutFields,
};

const readHop: Reader<HopSetup> = (spot) => {
  const { address, tls = 'opportunistic', tells = 'XFORWARD', ...found } = readerOf(hopMembers)(spot);
  return {
    target: {
      address: needed(spot, 'address', address),
      tls,
      tells,
      ...(found.name !== undefined && { tlsName: found.name }),
    },
    authorities: found.tls_authorities,
    timeouts: found.timeouts ?? hopTimeouts,
  };
};

const pairMembers = {
  cert: must(field(path, 'the certificate with its chain, PEM')),
  key: must(field(path, 'its key, PEM')),
};

const smtpMembers = {
  listen: must(field(socketAddress, 'where clients come in: `HOST:PORT` or a socket file')),
  next_hop: must(mapField('the server behind the gate', hopMembers, readHop)),
  certificate: mapField('for `STARTTLS` of clients; read again when its files change, and on SIGHUP', pairMembers),
  balancers: field(networks, 'networks whose connections begin with a PROXY header', 'none'),
  attributes: field(networks, 'networks that may say `XCLIENT` and `XFORWARD`', 'none'),
  relay: field(networks, 'networks that may send to any domain', 'none'),
  own: field(networks, ownNetworks, 'none'),
  normalise: field(networks, 'networks of old devices whose line ends are mended', 'none'),
  limits: smtpLimitFields,
  timeouts: smtpTimeoutFields,
};

const readSmtp: Reader<SmtpSetup> = (spot) => {
  const found = readerOf(smtpMembers)(spot);
  const { balancers = [], attributes = [], relay = [], own = [], normalise = [], certificate } = found;
  return {
    listen: needed(spot, 'listen', found.listen),
    nextHop: needed(spot, 'next_hop', found.next_hop),
    certificate: certificate && {
      cert: needed(spot, 'certificate.cert', certificate.cert),
      key: needed(spot, 'certificate.key', certificate.key),
    },
    networks: { balancers, attributes, relay, own, normalise },
    limits: found.limits ?? smtpLimits,
    timeouts: found.timeouts ?? smtpTimeouts,
  };
};

const LOOPBACK = ['127.0.0.0/8', '::1'];

const milterMembers = {
  listen: must(field(milterAddress, '`inet:8892@127.0.0.1` or `unix:/run/mailhunt/milter.sock`')),
  mode: field(fileMode, 'who may open the socket file, as for `chmod`', '0660'),
  own: field(networks, ownNetworks, LOOPBACK.join(', ')),
  oversize: field(
    choice(['refuse', 'accept']),
    'a message larger than `limits.message`: refused (`552`), or passed on unjudged, marked, without forged stamps',
    'refuse',
  ),
  limits: milterLimitFields,
};

const readMilter: Reader<MilterSetup> = (spot) => {
  const found: Found<typeof milterMembers> = isText(spot)
    ? { listen: milterAddress.read(spot) }
    : readerOf(milterMembers)(spot);
  const { mode = 0o660, own = LOOPBACK, oversize = 'refuse', limits = defaultMilterLimits } = found;
  return { listen: needed(spot, 'listen', found.listen), mode, own, oversize, limits };
};

const milter: Field<MilterSetup> = {
  ...mapField(
    'the gate as a milter, see [gateway-milter.md](gateway-milter.md); its address alone may stand for all of it',
    milterMembers,
    readMilter,
  ),
  schema: { anyOf: [milterAddress.schema, schemaOf(milterMembers)] },
};

const sealMembers = {
  domain: must(field(hostName, 'whose seal it is')),
  selector: must(field(selectorName, 'where its key stands in DNS')),
  key: must(field(path, 'the private key, PEM')),
};

const readSeal: Reader<SealSetup> = (spot) => {
  const { domain, selector, key } = readerOf(sealMembers)(spot);
  return {
    domain: needed(spot, 'domain', domain),
    selector: needed(spot, 'selector', selector),
    key: needed(spot, 'key', key),
  };
};

/** All that `gateway.yaml` can say, in the order of its page. */
export const gatewayFields = {
  hostname: must(
    field(
      hostName,
      'what the gate calls itself, and stamps `Authentication-Results` with; fields of others that claim this name are removed (RFC 8601 section 5)',
    ),
  ),
  also_known_as: field(many(hostName), 'other names of this host that nobody else may stamp with', 'none'),
  policy: field(path, 'the policy’s file; read again when it changes, and on SIGHUP', 'the default policy'),
  on_trouble: field(
    choice(['open', 'closed']),
    'while DNS is dead, the journal is full or a message cannot be judged: `closed` (451) or `open` (the message goes on, marked as unjudged)',
    'closed',
  ),
  keep_messages: field(
    truth,
    'whether the messages themselves are kept in the store, for `investigate` and the page',
    'false',
  ),
  threads: field(count(0, 64), 'threads that judge; 0 judges in the main one', '1'),
  folder: field(path, 'the gate’s own folder, for its journal and its quarantine', '`gate` in the store’s folder'),
  journal_limit: field(size(MB, 1024 * GB), 'decisions that may wait for the store; beyond, it is full', '1 GB'),
  quarantine: quarantineLimitFields,
  dns_time: field(time(second, 2 * minute), 'for all of a message’s questions to DNS together', '10s'),
  ruling_time: field(time(2 * second, 5 * minute), 'for all that a ruling takes', '30s'),
  grace: field(time(0, 10 * minute), 'for messages under way when the gate stops', '30s'),
  metrics: field(socketAddress, 'where Prometheus asks: `GET /metrics`; whoever reaches it may ask', 'nowhere'),
  refusals: field(
    count(0, 10_000),
    'rows a minute about what is refused before it is judged (a bare LF, NUL, too large); 0 for none',
    '60',
  ),
  loops: mapField('when mail goes in a circle, and is refused (`554 5.4.6`)', {
    received: field(count(100, 1_000), 'more `Received` fields than this (RFC 5321 section 6.3: at least 100)', '100'),
    passes: field(count(1, 100), 'more `Received` fields of this very gate than this', '5'),
  }),
  release: {
    ...mapField(
      'where messages go that are released from quarantine, see [gateway-quarantine.md](gateway-quarantine.md)',
      hopMembers,
      readHop,
    ),
    usual: 'the next hop of `smtp`; none for a milter',
  },
  seal: mapField(
    'where a banner or another subject breaks a signature that passed, the message is sealed (ARC)',
    sealMembers,
    readSeal,
  ),
  smtp: mapField(
    'the gate as an SMTP server before another one, see [gateway-smtp.md](gateway-smtp.md)',
    smtpMembers,
    readSmtp,
  ),
  milter,
};
