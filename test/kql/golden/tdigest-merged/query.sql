SELECT
  kql_call('percentile_tdigest', 'dynamic', 'dynamic,long', CAST("m" AS VARCHAR), CAST(CAST(50::BIGINT AS VARCHAR) AS VARCHAR), kql_turn("m")) AS "median",
  kql_call('percentile_tdigest', 'dynamic', 'dynamic,long', CAST("m" AS VARCHAR), CAST(CAST(100::BIGINT AS VARCHAR) AS VARCHAR), kql_turn("m")) AS "top"
FROM (
  SELECT
    kql_aggregate('tdigest_merge', 'dynamic', 'dynamic', '[' || string_agg(CAST(to_json([CAST("d" AS VARCHAR)]) AS VARCHAR), ',') || ']', kql_turn(count(*))) AS "m"
  FROM (
    SELECT
      "d"
    FROM (
      SELECT
        "g",
        kql_aggregate('tdigest', 'dynamic', 'long', '[' || string_agg(CAST(to_json([CAST(CAST("v" AS VARCHAR) AS VARCHAR)]) AS VARCHAR), ',') || ']', kql_turn(count(*))) AS "d"
      FROM (SELECT * FROM (VALUES ('a', 1::BIGINT), ('a', 2::BIGINT), ('b', 3::BIGINT), ('b', 10::BIGINT)) AS rows("g", "v"))
      GROUP BY 1
    )
  )
)
