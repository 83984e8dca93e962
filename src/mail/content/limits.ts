/** How far a message is looked into. What lies beyond is named in `defects`; what was read up to there stands. */
export interface ContentLimits {
  /** Multiparts inside each other. */
  readonly depth: number;
  readonly parts: number;
  /** Bytes of one part's header. */
  readonly partHeaderBytes: number;
  /** Decoded bytes of all parts together, those of messages inside included. */
  readonly decodedBytes: number;
  /** Characters of one text that are searched for URLs. */
  readonly textLength: number;
  readonly urls: number;
  /** Characters of one URL. */
  readonly urlLength: number;
  /** Messages inside messages that are searched for URLs. */
  readonly messageDepth: number;
  /** Pictures that are searched for QR codes. */
  readonly images: number;
  readonly imageBytes: number;
  /** Width times height of one picture. */
  readonly imagePixels: number;
  /** Milliseconds for all pictures of a message together. */
  readonly imageTime: number;
}

export const contentLimits: ContentLimits = {
  depth: 20,
  parts: 1000,
  partHeaderBytes: 1 << 16,
  decodedBytes: 256 << 20,
  textLength: 4 << 20,
  urls: 500,
  urlLength: 4096,
  messageDepth: 5,
  images: 10,
  imageBytes: 8 << 20,
  imagePixels: 13_000_000,
  imageTime: 1500,
};

/** What is odd about a message's content, or was left out of it; never a reason to stop. */
export type ContentDefect =
  | 'too many parts'
  | 'parts nested too deep'
  | 'part header too large'
  | 'multipart without a boundary'
  | 'boundary never seen'
  | 'no end boundary'
  | 'same boundary at two levels'
  | 'several Content-Type fields'
  | 'several file names for one part'
  | 'unknown transfer encoding'
  | 'data after the end of base64'
  | 'unknown charset'
  | 'bytes that are not of the charset'
  | 'too many decoded bytes'
  | 'text too long'
  | 'URL too long'
  | 'too many URLs'
  | 'messages nested too deep'
  | 'too many images'
  | 'image too large'
  | 'image time used up'
  | 'image cannot be read';

/** Collects defects, each once. */
export type Defects = Set<ContentDefect>;
