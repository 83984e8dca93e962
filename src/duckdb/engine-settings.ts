/**
 * What an engine that answers queries is set to wherever it is opened. DuckDB 1.5.6 rewrites "the first row of each" with a
 * rule that takes BIGINT's greatest value for nothing (`partition by … (top 1 by …)` gave another row): it is left out.
 */
export const engineSettings = { disabled_optimizers: 'top_n_window_elimination' } as const;
