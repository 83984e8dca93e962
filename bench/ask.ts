/** Asks a server a question as Kusto's clients do, and reads its answer to the end. */
export async function ask(address: string, csl: string): Promise<void> {
  const response = await fetch(`${address}/v2/rest/query`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ db: 'mail', csl }),
  });
  for await (const _ of response.body!);
  if (!response.ok) throw new Error(`${response.status} for ${csl}`);
}
