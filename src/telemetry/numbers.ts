import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const NANOSECONDS = 1e9;

/**
 * The numbers of a process, for Prometheus: its memory and its patience, and what else is counted. Labels are words of ours,
 * never what somebody wrote.
 *
 * @example
 * const numbers = new Numbers();
 * const requests = numbers.counter('mailhunt_requests_total', 'Requests answered.', ['status']);
 * requests.inc({ status: '200' });
 */
export class Numbers implements Disposable {
  readonly #registry = new Registry();
  readonly #lag = monitorEventLoopDelay({ resolution: 20 });

  constructor() {
    this.#lag.enable();
    this.gauge('mailhunt_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
    this.gauge('mailhunt_heap_used_bytes', 'Memory of JavaScript.', () => process.memoryUsage().heapUsed);
    this.gauge('mailhunt_event_loop_lag_seconds', 'The longest wait of the event loop since the last look.', () => {
      const longest = this.#lag.max / NANOSECONDS;
      this.#lag.reset();
      return longest;
    });
  }

  counter<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.#registry] });
  }

  /** @param buckets upper ends, ascending */
  histogram<L extends string = never>(
    name: string,
    help: string,
    { buckets, labelNames = [] }: { readonly buckets: readonly number[]; readonly labelNames?: readonly L[] },
  ): Histogram<L> {
    return new Histogram({
      name,
      help,
      buckets: [...buckets],
      labelNames: [...labelNames],
      registers: [this.#registry],
    });
  }

  /** A number that is looked up when it is asked for. */
  gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(value());
      },
    });
  }

  /** The same, one for each value of a label. */
  gauges<L extends string>(
    name: string,
    help: string,
    { label, values }: { readonly label: L; readonly values: () => Promise<Iterable<readonly [string, number]>> },
  ): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.#registry],
      async collect() {
        for (const [of, value] of await values()) this.set({ [label]: of } as Partial<Record<L, string>>, value);
      },
    });
  }

  /** The text that Prometheus reads, and its media type. */
  async text(): Promise<{ readonly type: string; readonly body: string }> {
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }

  [Symbol.dispose](): void {
    this.#lag.disable();
  }
}
