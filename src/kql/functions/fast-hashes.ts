import type { KqlType, Value } from '../../values/index.ts';
import { hostCallSql } from './host-call.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction } from './row.ts';
import { xxhash64 } from './xxhash64.ts';

function word(write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(8);
  write(bytes);
  return bytes;
}

const ofWhole = (value: Value): Buffer => word((bytes) => bytes.writeBigInt64LE(value as bigint));

/** The bytes that are hashed: a text's UTF-8, of numbers and times the eight bytes of KQL's memory, lowest first. */
const bytesOf: Partial<Record<KqlType, (value: Value) => Buffer>> = {
  string: (value) => Buffer.from(String(value)),
  long: ofWhole,
  datetime: ofWhole,
  timespan: ofWhole,
  real: (value) => word((bytes) => bytes.writeDoubleLE(value as number)),
};

const noBytes = (type: KqlType): string => `hashes no ${type}; use tostring() or tolong()`;

/** A hash without sign modulo a number above 0; without that the same 64 bits as a long. */
function reduced(hash: bigint, modulo: Value | undefined): Value {
  if (modulo === undefined) return BigInt.asIntN(64, hash);
  return modulo === null || (modulo as bigint) <= 0n ? null : hash % (modulo as bigint);
}

const fastHash = (name: string): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: true,
  sql: (call) => {
    const { type } = call.args[0]!;
    return bytesOf[type] === undefined ? call.refuse(noBytes(type)) : hostCallSql(call);
  },
  evaluate: ([value = null, modulo], { argTypes: [type] }) => {
    const read = bytesOf[type!] ?? refuseToEvaluate(name, noBytes(type!));
    return value === null ? null : reduced(xxhash64(read(value)), modulo);
  },
});

/** Hashes as numbers: xxHash64. How KQL combines several is told nowhere: `hash_combine` and `hash_many` are not here. */
export const fastHashFunctions: readonly ScalarFunction[] = [fastHash('hash'), fastHash('hash_xxhash64')];
