import type { Session } from '../server/index.ts';
import type { StoreOptions } from '../store/index.ts';
import type { Call } from './command.ts';

/** Opens the store of a call: through the server that owns it, or in this process for as long as the command runs. */
export async function openSession(
  { store: path, now, settings, err }: Call,
  options: Pick<StoreOptions, 'filling'> = {},
): Promise<Session> {
  const [{ openStore, readOwner }, { connect, sessionOn }] = await Promise.all([
    import('../store/index.ts'),
    import('../server/index.ts'),
  ]);
  const owner = await readOwner(path);
  if (owner?.address) return connect(owner.address, owner.token);
  const store = await openStore(path, { now, memory: settings.memory, idle: 0, ...options });
  for (const notice of store.notices) await err.write(`${notice.message}\n`);
  const close = () => store.close();
  return { ...sessionOn(store, now), close, [Symbol.asyncDispose]: close };
}
