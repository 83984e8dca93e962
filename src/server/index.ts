/** HTTP: the Kusto protocol and mailhunt's own; the process that owns the store. */
export * as access from './access/index.ts';
export { type Compiler, compilerInThread } from './compiling/compiler.ts';
export { type AuditEntry, appendAudit } from './http/audit.ts';
export { connect } from './own/client.ts';
export { type ServeOptions, type Server, serve } from './serve.ts';
export { type Explanation, type QueryOptions, type Session, sessionOn } from './session.ts';
export { defaultSettings, type ServerSettings } from './settings.ts';
