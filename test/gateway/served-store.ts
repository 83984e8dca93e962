import { join } from 'node:path';
import { serve } from '../../src/server/index.ts';
import { openStore, type Store } from '../../src/store/index.ts';

/** What a server of {@link served} asks to be shown. */
export const TOKEN = 'made-up-token-of-a-test';

/** A store that a server owns. */
export interface Served extends AsyncDisposable {
  readonly store: Store;
  readonly address: string;
}

/** Opens the store of a folder, and a server over it. */
export async function served(folder: string, now: () => number = Date.now): Promise<Served> {
  const store = await openStore(join(folder, 'store'), { idle: 0, token: TOKEN });
  const server = await serve({ store, host: '127.0.0.1', port: 0, now, log: () => {}, token: TOKEN });
  await store.publish(server.address);
  return {
    store,
    address: server.address,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await store.close();
    },
  };
}
