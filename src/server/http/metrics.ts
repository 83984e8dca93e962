import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

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
const NANOSECONDS = 1e9;

/** The server's numbers, for Prometheus. Labels are routes and statuses, never what somebody wrote. */
export class Metrics implements Disposable {
  readonly #registry = new Registry();
  readonly #lag = monitorEventLoopDelay({ resolution: 20 });
  readonly #requests: Counter<'method' | 'route' | 'status'>;
  readonly #durations: Histogram<'route'>;
  readonly #rowsOut: Counter;
  readonly #auditFailures: Counter;
  #rows: { readonly at: number; readonly counts: Awaited<ReturnType<Gauges['rows']>> } | undefined;

  /** @param clock milliseconds */
  constructor(gauges: Gauges, clock: () => number) {
    const registers = [this.#registry];
    this.#requests = new Counter({
      name: 'mailhunt_http_requests_total',
      help: 'Requests answered.',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    this.#durations = new Histogram({
      name: 'mailhunt_http_request_duration_seconds',
      help: 'Time from a request to the end of its answer.',
      labelNames: ['route'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 240],
      registers,
    });
    this.#rowsOut = new Counter({ name: 'mailhunt_rows_out_total', help: 'Rows that queries answered.', registers });
    this.#auditFailures = new Counter({
      name: 'mailhunt_audit_failures_total',
      help: 'Lines of the audit log that could not be written.',
      registers,
    });
    this.#lag.enable();
    this.#gauge('mailhunt_queries_running', 'Queries at work.', gauges.queriesRunning);
    this.#gauge('mailhunt_queries_waiting', 'Queries that wait for a place.', gauges.queriesWaiting);
    this.#gauge('mailhunt_sessions', 'People signed in on the page.', gauges.sessions);
    this.#gauge('mailhunt_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
    this.#gauge('mailhunt_heap_used_bytes', 'Memory of JavaScript.', () => process.memoryUsage().heapUsed);
    this.#gauge('mailhunt_event_loop_lag_seconds', 'The longest wait of the event loop since the last look.', () => {
      const longest = this.#lag.max / NANOSECONDS;
      this.#lag.reset();
      return longest;
    });
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
  async text(): Promise<{ readonly type: string; readonly body: string }> {
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }

  [Symbol.dispose](): void {
    this.#lag.disable();
  }

  #gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(value());
      },
    });
  }

  #storeRows({ rows }: Gauges, clock: () => number): void {
    const counted = async () => {
      if (this.#rows === undefined || clock() - this.#rows.at > ROWS_EVERY)
        this.#rows = { at: clock(), counts: await rows() };
      return this.#rows.counts;
    };
    new Gauge({
      name: 'mailhunt_store_rows',
      help: 'Rows that queries see.',
      labelNames: ['table'],
      registers: [this.#registry],
      async collect() {
        for (const { name, rows } of await counted()) this.set({ table: name }, rows);
      },
    });
  }
}
