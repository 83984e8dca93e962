/** A reporter of node:test for scripts/test-files.ts: one JSON line for each test that passed or failed. */
export default async function* eventLines(source) {
  for await (const { type, data } of source) {
    if (data.details?.type === 'suite' || data.skip !== undefined || data.todo !== undefined) continue;
    if (type === 'test:pass') yield `${JSON.stringify({ passed: data.name })}\n`;
    if (type === 'test:fail') {
      const { error } = data.details;
      const cause = error.cause ?? error;
      yield `${JSON.stringify({ failed: data.name, file: data.file, line: data.line, words: cause.stack ?? String(cause) })}\n`;
    }
  }
}
