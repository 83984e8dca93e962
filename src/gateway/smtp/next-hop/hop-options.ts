import type { Answer } from '../answer.ts';
import type { Features } from '../features.ts';

/** The server behind us. */
export interface HopTarget {
  readonly address: { readonly host: string; readonly port: number } | { readonly path: string };
  /**
   * `none`; `opportunistic`: encrypted where it offers STARTTLS, with whatever certificate, else plain (RFC 7435);
   * `required`: encrypted, by a certificate of `tlsName` that is valid, or not at all.
   */
  readonly tls: 'none' | 'opportunistic' | 'required';
  /** What its certificate must be of; its host where absent. */
  readonly tlsName?: string;
  /** Authorities, PEM; those of Node where absent. */
  readonly tlsAuthorities?: string;
  /**
   * How it hears of the client: `XFORWARD` for its log and its Received, `XCLIENT` as if the client itself spoke to it, both
   * only where it offers them.
   */
  readonly tells: 'none' | 'XFORWARD' | 'XCLIENT';
}

/** Milliseconds that the next hop has (RFC 5321 section 4.5.3.2); what the client has to wait ends them sooner. */
export interface HopTimeouts {
  readonly connect: number;
  /** For its greeting, and for the handshake of TLS. */
  readonly greeting: number;
  /** For EHLO, MAIL, RCPT, RSET. */
  readonly command: number;
  /** For its answer to DATA. */
  readonly dataInitiation: number;
  /** For each piece of a message to be taken. */
  readonly dataBlock: number;
  /** For its answer to the message. */
  readonly dataTermination: number;
  /** A connection that lies unused is given up. */
  readonly idle: number;
  /** For what it can be asked while a client waits for the answer to its EHLO. */
  readonly features: number;
}

const [second, minute] = [1_000, 60_000];

export const hopTimeouts: HopTimeouts = {
  connect: 30 * second,
  greeting: 5 * minute,
  command: 5 * minute,
  dataInitiation: 2 * minute,
  dataBlock: 3 * minute,
  dataTermination: 10 * minute,
  idle: 15 * second,
  features: 10 * second,
};

/** What a next hop has said to EHLO. */
export interface HopFeatures extends Features {
  readonly startTls: boolean;
  /** Names of attributes, empty where it does not take them from us. */
  readonly xforward: ReadonlySet<string>;
  readonly xclient: ReadonlySet<string>;
}

const noNames: ReadonlySet<string> = new Set();

/** Reads an answer to EHLO; of one to HELO nothing follows. */
export function featuresOf({ lines }: Answer): HopFeatures {
  const said = new Map(
    lines.slice(1).map((line) => {
      const [keyword = '', ...rest] = line.trim().split(/ +/);
      return [keyword.toUpperCase(), rest.map((word) => word.toUpperCase())] as const;
    }),
  );
  const size = said.get('SIZE');
  const octets = size?.[0] ?? '0';
  return {
    size: size && (/^\d{1,15}$/.test(octets) ? Number(octets) : 0),
    eightBit: said.has('8BITMIME'),
    utf8: said.has('SMTPUTF8'),
    dsn: said.has('DSN'),
    startTls: said.has('STARTTLS'),
    xforward: new Set(said.get('XFORWARD') ?? noNames),
    xclient: new Set(said.get('XCLIENT') ?? noNames),
  };
}
