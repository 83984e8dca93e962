import type { ScalarFunction } from './row.ts';

/** The function that the engine must know by this name: where an address is, as far as the surroundings know. */
export const HOST_PLACE = 'kql_place';

/** Where addresses are. */
export const placeFunctions: readonly ScalarFunction[] = [
  {
    name: 'geo_info_from_ip_address',
    page: 'geo-info-from-ip-address-function',
    sql: ({ args: [address] }) => `${HOST_PLACE}(${address!.sql})`,
    // only the engine that the store lends knows of a database of addresses
    evaluate: () => null,
    foldable: false,
    nullable: true,
  },
];
