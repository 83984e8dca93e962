import { isIP } from 'node:net';
import { dirname, resolve } from 'node:path';
import { isText, text, textLike, wrong } from '../../yaml/index.ts';
import { type MilterAddress, readMilterAddress } from '../milter/index.ts';
import type { ListenAddress } from '../smtp/index.ts';
import type { Kind } from './field.ts';

const HOST_NAME = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

/** `mx.example.com`. */
export const hostName: Kind<string> = {
  read: textLike(HOST_NAME, 'is no host name such as mx.example.com'),
  schema: { type: 'string', format: 'hostname' },
};

export const selectorName: Kind<string> = {
  read: textLike(/^[\w-]{1,63}$/, 'is no selector'),
  schema: { type: 'string', pattern: '^[\\w-]{1,63}$' },
};

/** A file; a relative path is one of the folder of the file that names it. */
export const path: Kind<string> = {
  read: (spot) => resolve(dirname(spot.source.file), text(spot)),
  schema: { type: 'string', minLength: 1 },
};

/** `127.0.0.1:10025`, `[::1]:10025`, or a socket's path. */
export const socketAddress: Kind<ListenAddress> = {
  read: (spot) => {
    const value = text(spot);
    if (value.startsWith('/')) return { path: value };
    const [, host = '', port = ''] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(value)?.filter(Boolean) ?? [];
    if (host === '' || Number(port) > 65_535)
      return wrong(spot, `${shown(value)} is no address such as 127.0.0.1:10025`);
    return { host, port: Number(port) };
  },
  schema: { type: 'string', pattern: '^(?:/.+|.+:\\d{1,5})$' },
};

/** An address or a CIDR block. */
export const network: Kind<string> = {
  read: (spot) => {
    const block = text(spot);
    const [ip = '', bits = '0', ...more] = block.split('/');
    const most = { 4: 32, 6: 128 }[isIP(ip)] ?? -1;
    const isBlock = more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
    return isBlock ? block : wrong(spot, `${shown(block)} is no address or CIDR block`);
  },
  schema: { type: 'string', pattern: '^[0-9A-Fa-f:.]+(?:/\\d{1,3})?$' },
};

/** Where a milter listens, in Sendmail's form or in Postfix's. */
export const milterAddress: Kind<MilterAddress> = {
  read: (spot) => {
    try {
      return readMilterAddress(text(spot));
    } catch {
      return wrong(spot, 'is no address such as inet:8892@127.0.0.1 or unix:/run/mailhunt/milter.sock');
    }
  },
  schema: { type: 'string', pattern: '^(?:unix|local|inet6?):.+$' },
};

/** `0660`: as for chmod; read as it is written, since to YAML it is a decimal number. */
export const fileMode: Kind<number> = {
  read: (spot) => {
    const [, digits] = /^0?o?([0-7]{3})$/.exec(text(spot)) ?? wrong(spot, 'is a file mode such as 0660');
    return Number.parseInt(digits!, 8);
  },
  schema: { anyOf: [{ type: 'string', pattern: '^0?o?[0-7]{3}$' }, { type: 'integer' }] },
};

/** A part of a whole: above 0, at most 1. */
export const share: Kind<number> = {
  read: (spot) => {
    const value = isText(spot) ? Number(text(spot)) : Number.NaN;
    return value > 0 && value <= 1 ? value : wrong(spot, 'is a share such as 0.8: above 0, at most 1');
  },
  schema: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
};

const shown = (value: string): string => JSON.stringify(value.slice(0, 80));
