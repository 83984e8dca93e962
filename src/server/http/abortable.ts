/** A promise's result, or the signal's reason as soon as it is aborted: who waits is not to depend on who works. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(signal.reason);
    signal.addEventListener('abort', gone, { once: true });
    if (signal.aborted) gone();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', gone));
  });
}

/** The same for blocks of rows. After an abort the source is told to stop and not waited for. */
export async function* abortableBlocks<T>(blocks: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const source = blocks[Symbol.asyncIterator]();
  let more = true;
  try {
    while (more) {
      const next = await abortable(source.next(), signal);
      if (next.done) more = false;
      else yield next.value;
    }
  } finally {
    // What the source throws while it stops is about an answer that nobody waits for.
    if (more) source.return?.().then(undefined, () => {});
  }
}
