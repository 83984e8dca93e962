/**
 * The name server, to be killed.
 *
 *     node test/gateway/accounts/dns-process.ts PORT
 */
import { labDns } from '../lab-dns.ts';
import { letterZone } from './letters.ts';

await labDns(() => letterZone, Number(process.argv[2]));
process.stdout.write('ready\n');
