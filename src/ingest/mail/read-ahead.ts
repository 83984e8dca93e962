/**
 * What a source yields, read one ahead: the next is on its way while the one before is worked on. A source that fails
 * is told so at its end, behind all that came before.
 *
 * @example for await (const pack of readAhead(packsOf(messages))) …
 */
export async function* readAhead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const items = source[Symbol.asyncIterator]();
  const read = (): Promise<IteratorResult<T>> => {
    const next = items.next();
    // Whoever waits for it meets the error; until then it is nobody's.
    next.catch(() => {});
    return next;
  };
  let next = read();
  try {
    for (let item = await next; item.done !== true; item = await next) {
      next = read();
      yield item.value;
    }
  } finally {
    // Not waited for: whoever leaves early need not wait for a source that stalls.
    items.return?.().catch(() => {});
  }
}
