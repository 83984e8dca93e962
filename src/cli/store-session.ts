import { join } from 'node:path';
import type { Session } from '../server/index.ts';
import type { StoreOptions } from '../store/index.ts';
import type { Call } from './command.ts';
import { servedCertificate } from './serve-tls.ts';

/** Opens the store of a call: through the server that owns it, or in this process for as long as the command runs. */
export async function openSession(
  { store: path, now, settings, err }: Call,
  options: Pick<StoreOptions, 'filling'> = {},
): Promise<Session> {
  const [{ openStore, readOwner }, { connect, sessionOn }, { openSurroundings }] = await Promise.all([
    import('../store/index.ts'),
    import('../server/index.ts'),
    import('../surroundings/index.ts'),
  ]);
  const owner = await readOwner(path);
  if (owner?.address) {
    const certificate = owner.address.startsWith('https:') ? await servedCertificate(path) : undefined;
    return connect(owner.address, owner.token, join(path, 'owner.json'), certificate);
  }
  const lender = await openSurroundings(path, settings, undefined, now);
  const places = lender.placeOf && { placeOf: lender.placeOf };
  const store = await openStore(path, {
    now,
    memory: settings.memory,
    spill: settings.spill,
    idle: 0,
    ...places,
    ...options,
  });
  for (const notice of store.notices) await err.write(`${notice.message}\n`);
  const close = () => store.close();
  return { ...sessionOn(store, now, lender), close, [Symbol.asyncDispose]: close };
}
