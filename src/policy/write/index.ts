/** Policies as the text of a file. */
export { type PolicyDocument, type RuleDocument, yamlOf } from './policy-document.ts';
export { momentText, plainAction, writePolicy } from './write-policy.ts';
