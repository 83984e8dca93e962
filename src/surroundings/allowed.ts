import { resolve, sep } from 'node:path';
import type { ExternalSetting } from './external-setting.ts';

/** Where the bytes of an address come from: a file of this machine, the network, or nowhere with the reason. */
export type Origin =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'network'; readonly url: URL }
  | { readonly kind: 'refused'; readonly reason: string; readonly prefix: string };

/**
 * What the settings say of an address. A local copy wins over the network.
 *
 * @param folder where paths of the settings start
 */
export function originOf(address: string, setting: ExternalSetting, folder: string): Origin {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol))
    return { kind: 'refused', reason: 'it is no https address', prefix: 'https://…' };
  const prefix = new URL('.', `${url.origin}${url.pathname}`).href;
  if (url.username !== '' || url.password !== '')
    return { kind: 'refused', reason: 'an address with a name or password in it is not read', prefix };
  const path = fileOf(url, setting.files, folder);
  if (path !== undefined) return { kind: 'file', path };
  if (setting.allow.some((allowed) => isBelow(url, new URL(allowed)))) return { kind: 'network', url };
  return { kind: 'refused', reason: 'no line of mailhunt.yaml allows it', prefix };
}

/** Whether an address is that of a prefix or below it: same scheme, host and port, and whole names of the path. */
function isBelow(url: URL, prefix: URL): boolean {
  if (url.origin !== prefix.origin) return false;
  const base = prefix.pathname;
  const rest = url.pathname.slice(base.length);
  return url.pathname.startsWith(base) && (base.endsWith('/') || rest === '' || rest.startsWith('/'));
}

/** The local file of an address: a line for the address itself, or for a folder above it. */
function fileOf(url: URL, files: ExternalSetting['files'], folder: string): string | undefined {
  const plain = `${url.origin}${url.pathname}`;
  for (const [key, path] of Object.entries(files)) {
    const { href } = new URL(key);
    if (!href.endsWith('/') && (href === url.href || href === plain)) return resolve(folder, path);
    if (!href.endsWith('/') || !plain.startsWith(href)) continue;
    const base = resolve(folder, path);
    const inside = resolve(base, nameOf(plain.slice(href.length)));
    if (inside.startsWith(base + sep)) return inside;
  }
  return undefined;
}

/** A part of an address as a file's name; what no name can hold becomes a sign that leads nowhere. */
function nameOf(part: string): string {
  try {
    const name = decodeURIComponent(part);
    return /[\0\\]/.test(name) ? '' : name;
  } catch {
    return '';
  }
}
