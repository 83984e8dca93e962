import type { Counter, Histogram } from 'prom-client';
import { Numbers } from '../../telemetry/index.ts';

/** What the server looks at when it is asked how it is. */
export interface Gauges {
  readonly queriesRunning: () => number;
  readonly queriesWaiting: () => number;
  readonly sessions: () => number;
  /** Rows by table; may take a while. */
  readonly rows: () => Promise<readonly { readonly name: string; readonly rows: number }[]>;
}

/** Rows are counted at most this often, in milliseconds. */
const ROWS_EVERY = 30_000;

/** The server's numbers, for Prometheus. Labels are routes and statuses, never what somebody wrote. */
export class Metrics implements Disposable {
  readonly #numbers = new Numbers();
  readonly #requests: Counter<'method' | 'route' | 'status'>;
  readonly #durations: Histogram<'route'>;
  readonly #rowsOut: Counter;
  readonly #auditFailures: Counter;
  #rows: { readonly at: number; readonly counts: Awaited<ReturnType<Gauges['rows']>> } | undefined;

  /** @param clock milliseconds */
  constructor(gauges: Gauges, clock: () => number) {
    const numbers = this.#numbers;
    this.#requests = numbers.counter('mailhunt_http_requests_total', 'Requests answered.', [
      'method',
      'route',
      'status',
    ]);
    this.#durations = numbers.histogram(
      'mailhunt_http_request_duration_seconds',
      'Time from a request to the end of its answer.',
      { buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 240], labelNames: ['route'] },
    );
    this.#rowsOut = numbers.counter('mailhunt_rows_out_total', 'Rows that queries answered.');
    this.#auditFailures = numbers.counter(
      'mailhunt_audit_failures_total',
      'Lines of the audit log that could not be written.',
    );
    numbers.gauge('mailhunt_queries_running', 'Queries at work.', gauges.queriesRunning);
    numbers.gauge('mailhunt_queries_waiting', 'Queries that wait for a place.', gauges.queriesWaiting);
    numbers.gauge('mailhunt_sessions', 'People signed in on the page.', gauges.sessions);
    this.#storeRows(gauges, clock);
  }

  /** Counts a request whose answer ended after that many seconds. */
  request(method: string, route: string, status: number, seconds: number): void {
    this.#requests.inc({ method, route, status: String(status) });
    this.#durations.observe({ route }, seconds);
  }

  /** Counts rows that a query answered. */
  rowsOut(rows: number): void {
    this.#rowsOut.inc(rows);
  }

  auditFailure(): void {
    this.#auditFailures.inc();
  }

  /** The text that Prometheus reads, and its media type. */
  text(): Promise<{ readonly type: string; readonly body: string }> {
    return this.#numbers.text();
  }

  [Symbol.dispose](): void {
    this.#numbers[Symbol.dispose]();
  }

  #storeRows({ rows }: Gauges, clock: () => number): void {
    const counted = async () => {
      if (this.#rows === undefined || clock() - this.#rows.at > ROWS_EVERY)
        this.#rows = { at: clock(), counts: await rows() };
      return this.#rows.counts;
    };
    this.#numbers.gauges('mailhunt_store_rows', 'Rows that queries see.', {
      label: 'table',
      values: async () => (await counted()).map(({ name, rows: count }) => [name, count] as const),
    });
  }
}
