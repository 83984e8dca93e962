import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import {
  flag,
  listOf,
  needed,
  oneOf,
  type Reader,
  shape,
  text,
  textLike,
  wholeNumber,
  wrong,
  yamlSpot,
} from '../../yaml/index.ts';
import { type MilterAddress, readMilterAddress } from '../milter/index.ts';
import type { HopTarget, ListenAddress } from '../smtp/index.ts';
import type { GatewaySetup, SmtpSetup } from './setup.ts';

const hostName = textLike(
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i,
  'is no host name such as mx.example.com',
);

/** `127.0.0.1:10025`, `[::1]:10025`, or a socket's path. */
const socketAddress: Reader<ListenAddress> = (spot) => {
  const value = text(spot);
  if (value.startsWith('/')) return { path: value };
  const [, host = '', port = ''] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(value)?.filter(Boolean) ?? [];
  if (host === '' || Number(port) > 65_535)
    return wrong(spot, `${JSON.stringify(value.slice(0, 80))} is no address such as 127.0.0.1:10025`);
  return { host, port: Number(port) };
};

const networks: Reader<readonly string[]> = (spot) => listOf(network)(spot);
const network: Reader<string> = (spot) => {
  const block = text(spot);
  const [ip = '', bits = '0', ...more] = block.split('/');
  const most = { 4: 32, 6: 128 }[isIP(ip)] ?? -1;
  const isBlock = more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
  return isBlock ? block : wrong(spot, `${JSON.stringify(block.slice(0, 80))} is no address or CIDR block`);
};

const milterAddress: Reader<MilterAddress> = (spot) => {
  try {
    return readMilterAddress(text(spot));
  } catch {
    return wrong(spot, 'is no address such as inet:8892@127.0.0.1 or unix:/run/mailhunt/milter.sock');
  }
};

/**
 * The setup that a `gateway.yaml` says. Relative paths are those of its folder.
 *
 * @param file its path
 * @param store the store's folder: the gate's own is in it unless the file says otherwise
 * @throws MailhuntError GATE0001 with line and column of the first mistake
 * @example readSetup('hostname: mx.example.com\nmilter: inet:8892@127.0.0.1\n', 'gateway.yaml', '.mailhunt').onTrouble // 'closed'
 */
export function readSetup(content: string, file: string, store: string): GatewaySetup {
  const path: Reader<string> = (spot) => resolve(dirname(file), text(spot));
  const nextHop: Reader<HopTarget> = (spot) => {
    const found = shape({
      address: socketAddress,
      tls: oneOf(['none', 'opportunistic', 'required']),
      name: hostName,
      tells: oneOf(['none', 'XFORWARD', 'XCLIENT']),
    })(spot);
    const { address, tls = 'opportunistic', name, tells = 'XFORWARD' } = found;
    return { address: needed(spot, 'address', address), tls, tells, ...(name === undefined ? {} : { tlsName: name }) };
  };
  const smtp: Reader<SmtpSetup> = (spot) => {
    const found = shape({
      listen: socketAddress,
      next_hop: nextHop,
      certificate: shape({ cert: path, key: path }),
      balancers: networks,
      attributes: networks,
      relay: networks,
      normalise: networks,
    })(spot);
    const { balancers = [], attributes = [], relay = [], normalise = [], certificate } = found;
    return {
      listen: needed(spot, 'listen', found.listen),
      nextHop: needed(spot, 'next_hop', found.next_hop),
      certificate: certificate && {
        cert: needed(spot, 'certificate.cert', certificate.cert),
        key: needed(spot, 'certificate.key', certificate.key),
      },
      networks: { balancers, attributes, relay, normalise },
    };
  };
  const seal = shape({ domain: hostName, selector: textLike(/^[\w-]{1,63}$/, 'is no selector'), key: path });
  const spot = yamlSpot(content, file, 'GATE0001');
  const found = shape({
    hostname: hostName,
    also_known_as: listOf(hostName),
    policy: path,
    on_trouble: oneOf(['open', 'closed']),
    keep_messages: flag,
    threads: wholeNumber(0, 64),
    folder: path,
    seal,
    smtp,
    milter: milterAddress,
  })(spot);
  if (found.smtp === undefined && found.milter === undefined) wrong(spot, 'needs smtp or milter: where mail comes in');
  return {
    hostname: needed(spot, 'hostname', found.hostname),
    alsoKnownAs: found.also_known_as ?? [],
    policy: found.policy,
    onTrouble: found.on_trouble ?? 'closed',
    keepMessages: found.keep_messages ?? false,
    threads: found.threads ?? 1,
    folder: found.folder ?? join(store, 'gate'),
    seal: found.seal && {
      domain: needed(spot, 'seal.domain', found.seal.domain),
      selector: needed(spot, 'seal.selector', found.seal.selector),
      key: needed(spot, 'seal.key', found.seal.key),
    },
    smtp: found.smtp,
    milter: found.milter,
  };
}
