SELECT
  "t",
  CAST(kql_call('percentile_tdigest', 'long', 'dynamic,long,string', CAST("t" AS VARCHAR), CAST(CAST(100::BIGINT AS VARCHAR) AS VARCHAR), 'long', kql_turn("t")) AS BIGINT) AS "percentile_tdigest_t",
  kql_call('percentiles_array_tdigest', 'dynamic', 'dynamic,long,long', CAST("t" AS VARCHAR), CAST(CAST(10::BIGINT AS VARCHAR) AS VARCHAR), CAST(CAST(50::BIGINT AS VARCHAR) AS VARCHAR), kql_turn("t")) AS "percentile_tdigest_t1",
  CAST(kql_call('rank_tdigest', 'real', 'dynamic,long', CAST("t" AS VARCHAR), CAST(CAST(15::BIGINT AS VARCHAR) AS VARCHAR), kql_turn("t")) AS DOUBLE) AS "Column1",
  CAST(kql_call('percentrank_tdigest', 'real', 'dynamic,long', CAST("t" AS VARCHAR), CAST(CAST(15::BIGINT AS VARCHAR) AS VARCHAR), kql_turn("t")) AS DOUBLE) AS "Column2",
  CAST(kql_call('dcount_hll', 'long', 'dynamic', CAST(kql_call('hll_merge', 'dynamic', 'dynamic,dynamic,dynamic', CAST("hx" AS VARCHAR), CAST("hx" AS VARCHAR), CAST("hy" AS VARCHAR), kql_turn("hx")) AS VARCHAR)) AS BIGINT) AS "dcount_hll_hll_merged_result",
  CAST(kql_call('tdigest_isvalid', 'bool', 'dynamic,long', CAST("t" AS VARCHAR), CAST(CAST(1::BIGINT AS VARCHAR) AS VARCHAR), kql_turn("t")) AS BOOLEAN) AS "Column3",
  CAST(kql_call('hll_isvalid', 'bool', 'dynamic,long', CAST("hx" AS VARCHAR), CAST(CAST(1::BIGINT AS VARCHAR) AS VARCHAR), kql_turn("hx")) AS BOOLEAN) AS "Column4",
  CAST(kql_call('tdigest_isvalid', 'bool', 'dynamic,long', CAST("hx" AS VARCHAR), CAST(CAST(1::BIGINT AS VARCHAR) AS VARCHAR), kql_turn("hx")) AS BOOLEAN) AS "Column5"
FROM (
  SELECT
    "hx",
    "hy",
    kql_call('merge_tdigest', 'dynamic', 'dynamic,dynamic', CAST("tx" AS VARCHAR), CAST("ty" AS VARCHAR), kql_turn("tx")) AS "t"
  FROM (
    SELECT
      kql_aggregate('tdigest', 'dynamic', 'long', '[' || string_agg(CAST(to_json([CAST(CAST("x" AS VARCHAR) AS VARCHAR)]) AS VARCHAR), ',') || ']', kql_turn(count(*))) AS "tx",
      kql_aggregate('tdigest', 'dynamic', 'long', '[' || string_agg(CAST(to_json([CAST(CAST("y" AS VARCHAR) AS VARCHAR)]) AS VARCHAR), ',') || ']', kql_turn(count(*))) AS "ty",
      kql_aggregate('hll', 'dynamic', 'long', '[' || string_agg(CAST(to_json([CAST(CAST("x" AS VARCHAR) AS VARCHAR)]) AS VARCHAR), ',') || ']', kql_turn(count(*))) AS "hx",
      kql_aggregate('hll_if', 'dynamic', 'long,bool', '[' || string_agg(CAST(to_json([CAST(CAST("y" AS VARCHAR) AS VARCHAR), CAST(CAST(("y" > 12::BIGINT) AS VARCHAR) AS VARCHAR)]) AS VARCHAR), ',') || ']', kql_turn(count(*))) AS "hy"
    FROM (
      SELECT
        "x",
        ("x" + 10::BIGINT) AS "y"
      FROM (
        SELECT
          value AS "x"
        FROM generate_series(1::BIGINT, 10::BIGINT, 1::BIGINT) AS series(value)
      )
    )
  )
)
