/** What came over the connection is not the milter protocol. The connection is closed, with this reason in the log. */
export class MilterFault extends Error {
  override readonly name = 'MilterFault';
}
