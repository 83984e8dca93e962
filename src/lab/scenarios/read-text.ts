import { isIP } from 'node:net';
import { type Reader, text, textLike, wrong } from '../../yaml/index.ts';
import { isDocumentationAddress, mayForge, publicNameIn } from './reserved.ts';

/**
 * A domain name in whose name mail may be made up.
 *
 * @param own domains that the caller has
 * @throws MailhuntError LAB0002 for a domain that somebody has, with its place
 */
export const domainName =
  (own: readonly string[]): Reader<string> =>
  (spot) => {
    const name = text(spot);
    if (!/^[\x21-\x7e]{1,253}$/.test(name)) wrong(spot, 'is a domain name in ASCII (xn--… for others)');
    return mayForge(name, own) ? name.toLowerCase() : wrong(spot, foreign(name), 'LAB0002');
  };

/** Why a name is refused. */
export const foreign = (name: string): string =>
  `${name} is somebody's domain or address: nobody but its owner can give its keys and records`;

/** An address that no host has. */
export const address: Reader<string> = (spot) => {
  const ip = text(spot);
  if (isIP(ip) === 0) return wrong(spot, `${JSON.stringify(ip)} is no IP address`);
  return isDocumentationAddress(ip) ? ip : wrong(spot, foreign(ip), 'LAB0002');
};

/** A text of a message, in which no name stands that somebody has. */
export const bodyText =
  (own: readonly string[]): Reader<string> =>
  (spot) => {
    const value = text(spot);
    const name = publicNameIn(value, own);
    return name === undefined ? value : wrong(spot, foreign(name), 'LAB0002');
  };

/** The same for the value of a header field: a line break would begin another field. */
export const lineText =
  (own: readonly string[]): Reader<string> =>
  (spot) => {
    const value = bodyText(own)(spot);
    if (value.length > 2000) wrong(spot, 'is longer than 2000 characters');
    return /\p{Cc}/u.test(value) ? wrong(spot, 'is one line, without control characters') : value;
  };

/** The name of a header field. */
export const fieldName = textLike(/^[!-9;-~]{1,70}$/, 'is no name of a header field');

/** An address without name or brackets. */
export const plainAddress =
  (own: readonly string[]): Reader<string> =>
  (spot) => {
    const value = text(spot);
    const [, domain] =
      /^[^\s<>@"\p{Cc}]{1,64}@([^\s<>@\p{Cc}]{1,253})$/u.exec(value) ??
      wrong(spot, `${JSON.stringify(value.slice(0, 80))} is no address`);
    return mayForge(domain!, own) ? value : wrong(spot, foreign(value), 'LAB0002');
  };

/** An address, or `<>` for the null sender, which is an empty text. */
export const envelopeAddress =
  (own: readonly string[]): Reader<string> =>
  (spot) =>
    text(spot) === '<>' ? '' : plainAddress(own)(spot);

/** What a client calls itself: a name that nobody has, or an address in brackets. */
export const heloName =
  (own: readonly string[]): Reader<string> =>
  (spot) => {
    const value = textLike(/^[\x21-\x7e]{1,253}$/, 'is no name')(spot);
    return value.startsWith('[') || mayForge(value, own) ? value : wrong(spot, foreign(value), 'LAB0002');
  };
