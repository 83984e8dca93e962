import type { Dynamic, Value } from '../../values/index.ts';
import { bytesOfBase64 } from './base64-bytes.ts';
import type { ScalarFunction } from './row.ts';
import { textFunction } from './text-function.ts';

const isByte = (value: Dynamic): value is bigint => typeof value === 'bigint' && value >= 0n && value <= 255n;

const toArray = textFunction('base64_decode_toarray', (text = '') => {
  const bytes = bytesOfBase64(text);
  return bytes === undefined ? null : Array.from(bytes, BigInt);
});

/** '' of what is not an array of bytes. */
const fromArray: ScalarFunction = {
  name: 'base64_encode_fromarray',
  page: 'base64-encode-fromarray-function',
  nullable: false,
  evaluate: ([bytes = null]) =>
    Array.isArray(bytes) && bytes.every(isByte) ? Buffer.from(bytes.map(Number)).toString('base64') : '',
};

/**
 * Where each byte comes from. The first three fields of a guid stand with their lowest byte first, but the third is read
 * as it stands: the reference's two examples say so, and that the one function does not undo the other.
 */
const encodingOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
const decodingOrder = [3, 2, 1, 0, 5, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const ordered = (bytes: Buffer, order: readonly number[]): Buffer => Buffer.from(order.map((at) => bytes[at]!));

function guidOf(bytes: Buffer): string {
  const hex = ordered(bytes, decodingOrder).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const toGuid = textFunction('base64_decode_toguid', (text = '') => {
  const bytes = bytesOfBase64(text);
  return bytes?.length === 16 ? guidOf(bytes) : null;
});

const bytesOfGuid = (guid: string): Buffer => Buffer.from(guid.replaceAll('-', ''), 'hex');

const fromGuid: ScalarFunction = {
  name: 'base64_encode_fromguid',
  page: 'base64-encode-fromguid-function',
  nullable: false,
  evaluate: ([guid = null]: readonly Value[]) =>
    guid === null ? '' : ordered(bytesOfGuid(String(guid)), encodingOrder).toString('base64'),
};

/** Base64 of arrays of bytes and of guids. */
export const base64ValueFunctions: readonly ScalarFunction[] = [toArray, fromArray, toGuid, fromGuid];
