import type { LanguageTheme } from '../language/language-finding.ts';
import type { UrlFacts } from '../message-facts.ts';
import { orgOf } from './domains.ts';
import { bearsNameOf, likenessOf } from './look-alike.ts';
import { attachmentQuery, handlingQuery, urlQuery } from './queries.ts';
import type { Scene } from './scene.ts';
import type { SignalRow } from './signal.ts';

/** URLs that are looked at. */
const MOST = 500;

const hostOf = ({ domain }: UrlFacts): string => domain.toLowerCase();

/** Links that lead neither to the author, nor to the receiver, nor to whoever proved to have sent the message. */
function linksElsewhere({ message, authorOrg, ownOrgs, foreign }: Scene): readonly string[] {
  const near = new Set([authorOrg, ...ownOrgs, ...foreign]);
  const hosts = message.urls.slice(0, MOST).map(hostOf);
  return [...new Set(hosts.filter((host) => orgOf(host) !== '' && !near.has(orgOf(host))))];
}

/** Of the links elsewhere one whose host does so. */
const linkThat =
  (does: (host: string, scene: Scene) => boolean) =>
  (scene: Scene): string | undefined =>
    linksElsewhere(scene).find((host) => does(host, scene));

const bearing = linkThat((host, { authorOrg, ownOrgs }) =>
  [authorOrg, ...ownOrgs].some((org) => org !== '' && bearsNameOf(host, org)),
);
const alike = linkThat((host, { authorOrg, ownOrgs }) =>
  [authorOrg, ...ownOrgs].some((org) => /^(?:letters|one-letter)$/.test(likenessOf(host, org) ?? '')),
);
const unknown = linkThat((host, { acquaintance }) =>
  acquaintance.urlDomains.some(({ domain, messages }) => domain.toLowerCase() === host && messages === 0),
);

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** The message uses words of a theme. */
const theme = (name: LanguageTheme, about: string, said: string): Omit<SignalRow, 'family'> => ({
  name: `words-${name}`,
  forgeable: 'nobody',
  about,
  see: ({ evidence }) => {
    const found = evidence.language.find((one) => one.theme === name);
    return found && `${said}: “${found.words.slice(0, 120)}” (${found.where}).`;
  },
});

const pageFile = /\.(?:x?html?|shtml|mht|mhtml|svgz?)$/i;
const programFile =
  /\.(?:exe|scr|com|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|iso|img|vhdx?|one|jar|msi|chm|xll|xlam|appx|url|library-ms)$/i;

const fileThat =
  (pattern: RegExp, said: string) =>
  ({ message }: Scene): string | undefined => {
    const found = message.attachments.slice(0, MOST).find(({ fileName }) => pattern.test(fileName.slice(-300).trim()));
    return found && `${said}: ${found.fileName.slice(0, 200)}.`;
  };

/** Technologies by kind of threat, as `DetectionMethods` has them: `{"Phish":["URL malicious reputation"]}`. */
function methodsOf(text: string): readonly string[] {
  try {
    return Object.values(JSON.parse(text.slice(0, 8000)) as object)
      .flat()
      .filter((one) => typeof one === 'string');
  } catch {
    return text === '' ? [] : [text.slice(0, 200)];
  }
}

/** What the message says and carries. All of it is written by the sender, and all of it only accuses. */
export const contentRows: readonly SignalRow[] = (
  [
    {
      name: 'link-bears-name',
      forgeable: 'nobody',
      about: 'A link leads to a host of another organization that bears the author’s or the receiver’s name.',
      see: (scene) => {
        const host = bearing(scene);
        return host && `A link leads to ${host}, which bears a name that is not its own.`;
      },
      query: urlQuery,
    },
    {
      name: 'link-looks-alike',
      forgeable: 'nobody',
      about: 'A link leads to a domain that reads like the author’s or the receiver’s.',
      see: (scene) => {
        const host = alike(scene);
        return host && `A link leads to ${host}, which looks like another domain.`;
      },
      query: urlQuery,
    },
    {
      name: 'link-to-unknown-domain',
      forgeable: 'nobody',
      about: 'A link leads to a domain of a third party that stood in no earlier message.',
      see: (scene) => {
        const host = unknown(scene);
        return host && `A link leads to ${host}, which stood in no mail here before.`;
      },
      query: urlQuery,
    },
    {
      name: 'link-elsewhere',
      forgeable: 'nobody',
      about: 'A link leads neither to the author, nor to the receiver, nor to whoever sent the message.',
      see: (scene) => {
        const [host] = linksElsewhere(scene);
        return host && `A link leads to ${host}, which is neither the author’s nor yours.`;
      },
      query: urlQuery,
    },
    {
      name: 'link-to-address',
      forgeable: 'nobody',
      about: 'A link leads to a bare IP address.',
      see: ({ message }) => {
        const found = message.urls.slice(0, MOST).find((url) => IPV4.test(hostOf(url)));
        return found && `A link leads to the bare address ${hostOf(found)}.`;
      },
      query: urlQuery,
    },
    {
      name: 'link-in-code',
      forgeable: 'nobody',
      about: 'A link to a third party stands in a QR code, where it is opened on a telephone.',
      see: (scene) => {
        const elsewhere = new Set(linksElsewhere(scene));
        const found = scene.message.urls
          .slice(0, MOST)
          .find((url) => /qr/i.test(url.location) && elsewhere.has(hostOf(url)));
        return found && `A QR code leads to ${hostOf(found)}.`;
      },
      query: urlQuery,
    },
    theme('payment', 'Words that ask for a payment.', 'It asks for a payment'),
    theme('invoice-change', 'Words that say that bank details have changed.', 'It says that bank details change'),
    theme('password', 'Words that ask to sign in or to confirm an account.', 'It asks to sign in'),
    theme('shared-document', 'Words that say that a document was shared.', 'It says that a document waits'),
    theme(
      'executive',
      'Words in the tone of somebody who gives orders and cannot be reached.',
      'It speaks like an order from above',
    ),
    theme('urgency', 'Words that make people hurry.', 'It makes people hurry'),
    theme('gift-card', 'Words that ask for gift cards.', 'It asks for gift cards'),
    {
      name: 'file-is-a-page',
      forgeable: 'nobody',
      about: 'An attached file is a web page or a picture that can hold one (HTML, SVG).',
      see: fileThat(pageFile, 'A web page is attached'),
      query: attachmentQuery,
    },
    {
      name: 'file-is-a-program',
      forgeable: 'nobody',
      about: 'An attached file is a program, a shortcut or the image of a disk.',
      see: fileThat(programFile, 'A program or shortcut is attached'),
      query: attachmentQuery,
    },
    {
      name: 'file-is-malicious',
      forgeable: 'nobody',
      about: 'The receiver found something in an attached file.',
      see: ({ message }) => {
        const found = message.attachments.find(({ threatTypes }) => threatTypes !== '');
        return found && `The receiver found ${found.threatTypes} in ${found.fileName.slice(0, 200)}.`;
      },
      query: attachmentQuery,
    },
    {
      name: 'receiver-found-phish',
      forgeable: 'nobody',
      about: 'The receiver took the message for phishing or malware by more than its failed authentication.',
      see: ({ message }) => {
        const isBad = /phish|malware/i.test(message.threatTypes);
        const found = isBad ? methodsOf(message.detectionMethods).find((method) => !/spoof/i.test(method)) : undefined;
        return found && `The receiver took it for ${message.threatTypes} (${found}).`;
      },
      query: handlingQuery,
    },
  ] satisfies readonly Omit<SignalRow, 'family'>[]
).map((row) => ({ ...row, family: 'content' as const }));
