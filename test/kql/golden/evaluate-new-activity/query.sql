SELECT
  CAST(cells[1] AS BIGINT) AS "from_at",
  CAST(cells[2] AS BIGINT) AS "to_at",
  CAST(cells[3] AS BIGINT) AS "dcount_new_values",
  CAST(cells[4] AS BIGINT) AS "dcount_retained_values",
  CAST(cells[5] AS BIGINT) AS "dcount_churn_values",
  CAST(cells[6] AS DOUBLE) AS "retention_rate",
  CAST(cells[7] AS DOUBLE) AS "churn_rate"
FROM (SELECT unnest(from_json(kql_rows('new_activity_metrics', '{"options":{"start":{"$mailhunt":["bigint","637081632000000000"]},"end":{"$mailhunt":["bigint","637086815999999999"]},"step":{"$mailhunt":["bigint","864000000000"]}},"schema":[{"name":"from_at","type":"datetime"},{"name":"to_at","type":"datetime"},{"name":"dcount_new_values","type":"long"},{"name":"dcount_retained_values","type":"long"},{"name":"dcount_churn_values","type":"long"},{"name":"retention_rate","type":"real"},{"name":"churn_rate","type":"real"}],"schemas":[[{"name":"c0","type":"long"},{"name":"c1","type":"datetime"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST(CAST("c0" AS VARCHAR) AS VARCHAR), CAST(CAST("c1" AS VARCHAR) AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      "user" AS "c0",
      "at" AS "c1"
    FROM (SELECT * FROM (VALUES (0::BIGINT, 637081632000000000::BIGINT), (2::BIGINT, 637081632000000000::BIGINT), (3::BIGINT, 637081632000000000::BIGINT), (4::BIGINT, 637081632000000000::BIGINT), (0::BIGINT, 637082496000000000::BIGINT), (1::BIGINT, 637082496000000000::BIGINT), (3::BIGINT, 637082496000000000::BIGINT), (4::BIGINT, 637082496000000000::BIGINT), (5::BIGINT, 637082496000000000::BIGINT), (0::BIGINT, 637083360000000000::BIGINT), (2::BIGINT, 637083360000000000::BIGINT), (4::BIGINT, 637083360000000000::BIGINT), (5::BIGINT, 637083360000000000::BIGINT), (0::BIGINT, 637084224000000000::BIGINT), (1::BIGINT, 637084224000000000::BIGINT), (2::BIGINT, 637084224000000000::BIGINT), (3::BIGINT, 637084224000000000::BIGINT), (0::BIGINT, 637085088000000000::BIGINT), (1::BIGINT, 637085088000000000::BIGINT), (2::BIGINT, 637085088000000000::BIGINT), (3::BIGINT, 637085088000000000::BIGINT), (4::BIGINT, 637085088000000000::BIGINT)) AS rows("user", "at"))
  )
)) AS input0(rows))
