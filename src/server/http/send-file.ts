import type { Visit } from './route.ts';

/** Sends bytes to be saved under a name of letters that no system takes for anything else; a browser never shows them. */
export function sendFile({ response }: Pick<Visit, 'response'>, name: string, content: Uint8Array): void {
  const plain = name.replace(/[^\w.() -]/g, '_').slice(-150);
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': content.length,
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name.slice(-150).toWellFormed()).replace(/['()*]/g, encoded)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Download-Options': 'noopen',
  });
  response.end(content);
}

const encoded = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
