import { type LookupAddress, lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Get } from './read-bytes.ts';

const inside = new BlockList();
for (const block of [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16',
  '198.18.0.0/15 224.0.0.0/4 240.0.0.0/4 ::/128 ::1/128 64:ff9b::/96 fc00::/7 fe80::/10 fec0::/10 ff00::/8',
].flatMap((line) => line.split(' '))) {
  const [address = '', bits] = block.split('/');
  inside.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
}

/** Whether an address is one of a private network or of this machine. */
export const isInside = (address: string): boolean => inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/**
 * A look-up that knows no private addresses: the connection goes to the very address that was looked at, so a name that
 * answers differently the next time wins nothing.
 */
const outsideOnly: LookupFunction = (host, options, done) =>
  lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return done(error, '', 4);
    const outside = found.filter(({ address }) => !isInside(address));
    if (outside.length === 0)
      return done(Object.assign(new Error(`${host} is an address of a private network`), { code: 'EPRIVATE' }), '', 4);
    return options.all ? done(null, outside) : done(null, outside[0]!.address, outside[0]!.family);
  });

/** The network itself. A host that a setting names by its address may be private: it says what it means. */
export const httpGet: Get = (url, signal) =>
  new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const headers = { 'user-agent': 'mailhunt', accept: '*/*', 'accept-encoding': 'identity' };
    const asked = send(url, { signal, headers, lookup: outsideOnly, agent: false }, (response) =>
      resolve({ status: response.statusCode ?? 0, location: response.headers.location, body: response }),
    );
    asked.on('error', reject);
    asked.end();
  });
