/** What `Get-TransportRule | ConvertTo-Json` wrote, as a policy. */
export { type ImportedPolicy, importExchange } from './import-rules.ts';
