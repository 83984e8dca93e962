import type { Enrichment, StoredFunction } from '../kql/index.ts';
import type { Column, KqlType } from '../values/index.ts';

const typed = (text: string): Column[] =>
  text.split(/\s+/).map((column) => {
    const [name = '', type = 'string'] = column.split(':');
    return { name, type: type as KqlType };
  });

/**
 * What Defender adds to rows out of its own cloud, of which nothing is known here.
 *
 * @see https://learn.microsoft.com/defender-xdr/advanced-hunting-fileprofile-function
 */
export const enrichments: readonly Enrichment[] = [
  {
    name: 'FileProfile',
    key: 'SHA1',
    columns: typed(
      'SHA1 SHA256 MD5 FileSize:int GlobalPrevalence:int GlobalFirstSeen:datetime GlobalLastSeen:datetime Signer Issuer ' +
        'SignerHash IsCertificateValid:bool IsRootSignerMicrosoft:bool SignatureState IsExecutable:bool ThreatName Publisher ' +
        'SoftwareName ProfileAvailability',
    ),
  },
];

/**
 * Functions of Defender that the tables themselves can answer.
 *
 * @see https://learn.microsoft.com/defender-xdr/advanced-hunting-devicefromip-function
 */
export const ownFunctions: readonly StoredFunction[] = [
  {
    name: 'DeviceFromIP',
    parameters: '(T:(IP:string), At:datetime=datetime(null))',
    body: `{
      let asked = T | distinct IP;
      asked
      | join kind=inner (
          DeviceNetworkInfo
          | where isnull(At) or Timestamp <= At
          | mv-expand address = parse_json(IPAddresses)
          | extend IP = tostring(address.IPAddress)
          | where IP in (asked)
          | summarize arg_max(Timestamp, DeviceId) by IP
        ) on IP
      | project IP, DeviceId
    }`,
  },
];
