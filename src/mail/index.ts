/** One raw message: what it claims and what it can prove. */

export { arcChainOf } from './arc/arc-chain.ts';
export type { ArcResult, ArcSet, ArcWord } from './arc/result.ts';
export { sealArc } from './arc/seal-arc.ts';
export { type AuthenticateOptions, type Authentication, authenticate } from './authenticate.ts';
export { awaitedSealer, vouchingSealer } from './composite/arc-override.ts';
export type { CompositeSettings } from './composite/facts.ts';
export { compositeAuthenticationPage } from './composite/page.ts';
export type { CompAuthWord, CompositeResult } from './composite/result.ts';
export { isLiftedBySeal } from './composite/rules.ts';
export type { SpoofEntry } from './composite/spoof-entry.ts';
export type { Attachment } from './content/attachments.ts';
export { bodyTextOf } from './content/body-text.ts';
export {
  type BodyPicture,
  type BodyToShow,
  bodyToShow,
  type CarriedFile,
  contentIdOf,
} from './content/body-to-show.ts';
export { type Content, contentOf } from './content/content.ts';
export { fileTypeOf } from './content/file-types.ts';
export { htmlText } from './content/html.ts';
export { contentLimits, type Defects } from './content/limits.ts';
export { type MimePart, partsOf } from './content/mime-parts.ts';
export { withQrCodes } from './content/qr-codes.ts';
export { type Link, readLink } from './content/read-link.ts';
export { textsIn } from './content/texts-in.ts';
export { decodedBytes as decodedTransfer } from './content/transfer-encoding.ts';
export type { FoundUrl } from './content/urls.ts';
export { bodyHash } from './dkim/body-hash.ts';
export { canonicalField } from './dkim/canonical-field.ts';
export { readKeyRecord } from './dkim/key-record.ts';
export type { DkimResult, DkimVerification, DkimWord } from './dkim/result.ts';
export { type SignDkimOptions, signDkim } from './dkim/sign-dkim.ts';
export { suffixListDomain } from './dmarc/organizational-domain.ts';
export type { DmarcDomainResult, DmarcMode, DmarcPolicy, DmarcResult, DmarcWord } from './dmarc/result.ts';
export { cachingResolver } from './dns/caching-resolver.ts';
export { type GuardedResolver, guardedResolver } from './dns/guarded-resolver.ts';
export { isAlive } from './dns/liveness.ts';
export { systemResolver } from './dns/node-resolver.ts';
export { answerOverPort, resolverOverPort } from './dns/port-resolver.ts';
export { recordingResolver } from './dns/recording-resolver.ts';
export type { DnsAnswer, DnsFailure, DnsRecords, RecordType, Resolver } from './dns/resolver.ts';
export { nodeOf, type Zone, zoneResolver } from './dns/zone.ts';
export { parseZone } from './dns/zone-file.ts';
export { printZone } from './dns/zone-print.ts';
export { authorsOf } from './message/authors.ts';
export { passedMicrosoft } from './message/border.ts';
export { type Claims, claimsOf } from './message/claims.ts';
export { networkOf } from './message/client-network.ts';
export { isSameOrBelow, toAsciiDomain, toUnicodeDomain } from './message/domain-name.ts';
export { decodedText, fieldText } from './message/encoded-words.ts';
export type { Hop, Known, Transaction } from './message/hop.ts';
export { type AddressSet, addressSet, ipAddressOf } from './message/ip-address.ts';
export type { Authors, Mailbox } from './message/mailbox.ts';
export {
  fieldNamed,
  fieldsNamed,
  type HeaderField,
  isCutOff,
  type RawMessage,
  readMessage,
  unfolded,
} from './message/raw-message.ts';
export { hopsOf } from './message/received.ts';
export { transactionOf } from './message/transaction.ts';
export { trustedHosts } from './message/trusted-hosts.ts';
export { authenticationDetails } from './results/authentication-details.ts';
export { wordsOfDetails } from './results/details-words.ts';
export { type ReceivedVerdict, receivedVerdict } from './results/received-verdict.ts';
export { resultsOf } from './results/results-of.ts';
export type { AuthenticationResults, MethodResult, VerdictWords } from './results/words.ts';
export { folded, writeAuthenticationResults, writeMicrosoftResults } from './results/write-results.ts';
export { addressOf, reverseName } from './spf/address.ts';
export type { SpfResult, SpfWord } from './spf/result.ts';
