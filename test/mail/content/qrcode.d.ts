/** What the tests use of `qrcode`, which ships without types. */
declare module 'qrcode' {
  interface Modules {
    readonly size: number;
    get(row: number, column: number): number;
  }
  export function create(text: string, options: object): { readonly modules: Modules };
  /** PNG. */
  export function toBuffer(text: string): Promise<Buffer>;
}
