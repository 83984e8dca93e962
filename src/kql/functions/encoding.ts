import type { ScalarFunction } from './row.ts';
import { textArg, textValue } from './strings.ts';

const BASE64 = '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?';
const base64 = new RegExp(`^${BASE64}$`);

const encode = (name: string): ScalarFunction => ({
  name,
  page: 'base64-encode-tostring-function',
  nullable: false,
  sql: ({ args }) => `to_base64(encode(${textArg(args[0]!)}))`,
  evaluate: ([text = ''], { argTypes }) => Buffer.from(textValue(text, argTypes[0])).toString('base64'),
});

/** The text that base64 spells; '' where it is no base64, or no text in UTF-8. */
const decode = (name: string): ScalarFunction => ({
  name,
  page: 'base64-decode-tostring-function',
  nullable: false,
  sql: ({ args }) => {
    const text = textArg(args[0]!);
    // TRY for what is not UTF-8; anything else that from_base64 would throw at is kept from it.
    return `CASE WHEN regexp_full_match(${text}, '${BASE64}') THEN coalesce(TRY(decode(from_base64(${text}))), '') ELSE '' END`;
  },
  evaluate: ([value = ''], { argTypes }) => {
    const text = textValue(value, argTypes[0]);
    if (!base64.test(text)) return '';
    const bytes = Buffer.from(text, 'base64');
    const decoded = bytes.toString();
    return Buffer.from(decoded).equals(bytes) ? decoded : '';
  },
});

/** Base64, under its present names and the older ones. */
export const encodingFunctions: readonly ScalarFunction[] = [
  encode('base64_encode_tostring'),
  encode('base64_encodestring'),
  decode('base64_decode_tostring'),
  decode('base64_decodestring'),
];
