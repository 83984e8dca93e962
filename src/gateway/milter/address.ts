import { MailhuntError } from '../../errors/index.ts';

/** Where a milter listens. */
export type MilterAddress =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'inet'; readonly host: string; readonly port: number };

const LOOPBACK = '127.0.0.1';
const PORT = /^\d{1,5}$/;

/**
 * Reads an address in Sendmail's form (`inet:8892@127.0.0.1`) or in Postfix's (`inet:127.0.0.1:8892`). A socket without
 * a host is for this machine only.
 *
 * @throws MailhuntError GATE0020 where the text is none
 * @example readMilterAddress('unix:/run/mailhunt/milter.sock')
 * @example readMilterAddress('inet:8892@::1')
 */
export function readMilterAddress(text: string): MilterAddress {
  const [, family, rest = ''] = /^(unix|local|inet6?):(.+)$/s.exec(text) ?? [];
  if (family === 'unix' || family === 'local') return { kind: 'unix', path: rest };
  const { host, port } = hostAndPort(rest);
  if (family === undefined || !PORT.test(port) || Number(port) > 65_535) {
    throw new MailhuntError('GATE0020', { address: text });
  }
  const bare = host.replace(/^\[([^\]]*)\]$/, '$1');
  return { kind: 'inet', host: bare === '' ? LOOPBACK : bare, port: Number(port) };
}

function hostAndPort(text: string): { host: string; port: string } {
  const at = text.indexOf('@');
  if (at >= 0) return { port: text.slice(0, at), host: text.slice(at + 1) };
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, Math.max(0, colon)), port: text.slice(colon + 1) };
}

/** As Postfix writes it in `smtpd_milters`. */
export const printAddress = (address: MilterAddress): string =>
  address.kind === 'unix'
    ? `unix:${address.path}`
    : `inet:${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
