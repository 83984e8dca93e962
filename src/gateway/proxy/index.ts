/** The gate as an SMTP server before another one: before or behind Postfix, behind a load balancer, or alone. */
export { envelopeLine } from './envelope-line.ts';
export { type ProxyOptions, type SmtpProxy, startProxy } from './proxy.ts';
