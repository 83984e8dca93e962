/** What a gate that runs says of itself: a line a message, and numbers. */
export { type CountedFront, GateNumbers } from './gate-numbers.ts';
export { messageFacts, messageLine } from './message-line.ts';
