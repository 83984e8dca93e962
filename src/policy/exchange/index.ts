/** Policies as mail-flow rules of Exchange Online, and back. */
export { type ExchangePolicy, type ExchangeRule, exportExchange } from './export-policy.ts';
export { type ImportedPolicy, importExchange } from './import/index.ts';
export type { Parameter, ParameterValue, TransportRule } from './parameters.ts';
export { commandOf, quoted } from './powershell.ts';
export { exchangeScript } from './script.ts';
