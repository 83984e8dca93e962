import { lowerBagUnpack } from './bag-unpack.ts';
import { lowerDcountIntersect } from './dcount-intersect.ts';
import { lowerIpLookup } from './ip-lookup.ts';
import { lowerNarrow } from './narrow.ts';
import { lowerAutocluster, lowerBasket, lowerDiffpatterns } from './patterns.ts';
import { lowerPivot } from './pivot.ts';
import type { LowerPlugin } from './plugin.ts';
import { rollingPlugins } from './rolling.ts';
import { sequencePlugins } from './sequences.ts';
import { timelinePlugins } from './timeline.ts';

export type { LowerPlugin } from './plugin.ts';

/** The plugins of `evaluate`, by name. What is not here is refused by name. */
export const plugins: Readonly<Record<string, LowerPlugin>> = {
  autocluster: lowerAutocluster,
  bag_unpack: lowerBagUnpack,
  basket: lowerBasket,
  diffpatterns: lowerDiffpatterns,
  ipv4_lookup: lowerIpLookup('ipv4'),
  ipv6_lookup: lowerIpLookup('ipv6'),
  narrow: lowerNarrow,
  pivot: lowerPivot,
  dcount_intersect: lowerDcountIntersect,
  ...rollingPlugins,
  ...sequencePlugins,
  ...timelinePlugins,
};
