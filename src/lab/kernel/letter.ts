/** A file on a letter. */
export interface AttachedFile {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly content: Uint8Array;
  /** For a picture of the HTML: what it calls it behind `cid:`, without angle brackets. Left out: the file is attached. */
  readonly contentId?: string;
}

/** One SMTP hand-over: who connected and what it said. */
export interface HandOver {
  /** The client's address. */
  readonly ip: string;
  /** What it called itself. */
  readonly helo: string;
  /** The envelope sender; empty for the null sender. */
  readonly mailFrom: string;
}

/** How a step signs. What is left out follows from the domain's description. */
export interface Signing {
  readonly domain: string;
  readonly selector: string;
  /** The name of another key pair than the one published there: a forger signs with what he has. */
  readonly key?: string;
}

/** Something that happens to a letter on its way, in order. */
export type Step =
  | ({ readonly do: 'sign' } & Signing & {
        /** c= @default 'relaxed/relaxed' */
        readonly canonicalization?: 'simple/simple' | 'simple/relaxed' | 'relaxed/simple' | 'relaxed/relaxed';
        /** True: with an l= that is the length of the body as it is then, in simple canonicalization. */
        readonly coversLength?: true;
        /** h=, where the signer's own choice will not do. */
        readonly headers?: readonly string[];
        /** x= less t=, in seconds. */
        readonly lifetime?: number;
      })
  /** A host takes the letter in and writes its Received line. */
  | ({ readonly do: 'relay'; readonly by: string; readonly for?: string } & HandOver)
  /** A text is put behind the body, as lists do. */
  | { readonly do: 'footer'; readonly text: string }
  /** A text of the body becomes another. */
  | { readonly do: 'alter'; readonly find: string; readonly put: string }
  /** A field gets a new value; it is added on top where there is none. Decoded text. */
  | { readonly do: 'field'; readonly name: string; readonly value: string }
  /** Every field of a name is taken out, as a gateway takes out signatures. */
  | { readonly do: 'remove'; readonly name: string }
  /** The host that took it in last seals what it saw then (RFC 8617), or what it pretends to have seen. */
  | ({ readonly do: 'seal'; readonly results?: string } & Signing);

/** A message in short: what it says, what happens to it, and who hands it to the receiver. Texts are decoded. */
export interface Letter {
  /** One From field a member, as it stands: `Ada <ada@bank.example>`; see `named` for names that need encoding. */
  readonly from: string | readonly string[];
  /** The addresses of To. */
  readonly to: readonly string[];
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly attachments?: readonly AttachedFile[];
  /** Further fields, name and decoded value. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. @default a minute before it is received */
  readonly date?: number;
  /** With angle brackets. @default one made from the seed */
  readonly messageId?: string;
  readonly journey?: readonly Step[];
  /** The last hand-over, to the receiver. */
  readonly handOver: HandOver;
  /** Of the envelope. @default those of `to` */
  readonly recipients?: readonly string[];
  /** True: the author's program writes its fields in another order, drawn by chance; several From keep theirs. */
  readonly shuffled?: boolean;
}
