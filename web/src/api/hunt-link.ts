/**
 * The address of the Hunt page with a query in a new tab of its own, which is not run before the visitor says so.
 *
 * @example <a href={huntLink('EmailEvents | count')}>Open in Hunt</a>
 */
export const huntLink = (text: string): string => `/hunt#kql=${encodeURIComponent(text)}`;
