import { useSyncExternalStore } from 'react';

const query = '(max-width: 760px)';

/** True where a row of data does not fit beside another: on a phone. */
export const useNarrow = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
