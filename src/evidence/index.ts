/** What speaks for and against a sender: the message, its history, its kin, its clicks, what came after. */
export type {
  Campaign,
  CampaignMember,
  Click,
  Evidence,
  Kinship,
  LaterEvent,
  Reply,
  SenderHistory,
  Sightings,
} from './evidence.ts';
export { evidenceOf, evidenceOfMessage, type GivenMessage } from './evidence-of.ts';
export { givenMessageFacts, messageFacts } from './facts/one-message.ts';
export type { Gap } from './gap.ts';
export { hostNetworkOf, networkOf } from './history/network.ts';
export type { LanguageFinding, LanguageTheme } from './language/language-finding.ts';
export type { EvidenceMeans } from './means.ts';
export type {
  AttachmentFacts,
  AuthenticationWords,
  CheckFacts,
  HeaderFacts,
  MessageFacts,
  PostDeliveryFacts,
  RecipientFacts,
  UrlFacts,
} from './message-facts.ts';
export { type MessageInShort, type MessagesFound, type MessagesWanted, messagesOf } from './messages-of.ts';
export type { Acquaintance, Carrier, Handling, Namesake } from './signals/acquaintance.ts';
export { acquaintanceOf } from './signals/acquaintance-of.ts';
export { domainOfAddress, isSameOrg, orgOf } from './signals/domains.ts';
export { anyHouse, type House } from './signals/house.ts';
export { kqlText } from './signals/queries.ts';
export { type Scene, sceneOf } from './signals/scene.ts';
export type { Forgeable, Signal, SignalFamily, SignalRow } from './signals/signal.ts';
export { signalsOf, signalTable } from './signals/signals.ts';
export type { Stamp } from './stamp/stamp.ts';
