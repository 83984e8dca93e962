/** A file of more records is refused: a second of everybody's time and some 200 MB of memory for each million. */
const MOST = 2_000_000;

/** The same records; throws RangeError after too many. */
export function* counted<T>(records: Iterable<T>): Generator<T> {
  let count = 0;
  for (const record of records) {
    if (++count > MOST) throw new RangeError(`it has more than ${MOST} records`);
    yield record;
  }
}
