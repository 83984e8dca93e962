import { MailhuntError } from '../../errors/index.ts';
import type { StoredFunction } from '../../kql/index.ts';
import type { FilePlace, Provenance, Rule, RuleFormat } from '../rule.ts';
import type { ReadLimits } from './limits.ts';
import { Lines } from './lines.ts';

/** A function that rules may call, out of a file of functions. */
export interface FunctionFound extends StoredFunction {
  readonly provenance: Provenance;
  readonly place: FilePlace;
}

/** What a file gave. */
export interface FileContent {
  readonly rules: readonly Rule[];
  readonly functions?: readonly FunctionFound[];
  /** Why there is nothing in it, where it is no file of rules. */
  readonly other?: string;
}

/** What people call a format. */
const formatNames: Readonly<Record<RuleFormat, string>> = {
  sentinel: 'YAML',
  defender: 'JSON',
  kql: 'KQL',
  markdown: 'Markdown',
};

/** A file whose text is at hand, without its byte order mark, and what is found wrong in it. */
export class RuleFile {
  readonly provenance: Provenance;
  readonly text: string;
  readonly limits: ReadLimits;
  /** Whether the file begins with a byte order mark. */
  readonly mark: boolean;
  readonly #problem: (problem: MailhuntError) => void;
  #lines: Lines | undefined;

  constructor(
    provenance: Provenance,
    text: string,
    limits: ReadLimits,
    problem: (problem: MailhuntError) => void = () => {},
    mark = false,
  ) {
    this.mark = mark;
    this.provenance = provenance;
    this.text = text;
    this.limits = limits;
    this.#problem = problem;
  }

  get path(): string {
    return this.provenance.path;
  }

  placeAt(offset: number): FilePlace {
    this.#lines ??= new Lines(this.text);
    return this.#lines.placeAt(offset);
  }

  /** A field that is not as it should be: RULE0003. */
  wrongField(offset: number, field: string, text: string): void {
    this.#problem(new MailhuntError('RULE0003', { ...this.#at(offset), field, text }));
  }

  /** What the file's format does not allow: RULE0002. */
  malformed(offset: number, format: RuleFormat, text: string): void {
    this.#problem(new MailhuntError('RULE0002', { ...this.#at(offset), format: formatNames[format], text }));
  }

  /** A limit that is passed: RULE0004. */
  tooMuch(offset: number, what: string, limit: string): void {
    this.#problem(new MailhuntError('RULE0004', { ...this.#at(offset), what, limit }));
  }

  #at(offset: number) {
    return { file: this.path, ...this.placeAt(offset) };
  }
}
