SELECT
  CAST(cells[1] AS BIGINT) AS "at",
  coalesce(cells[2], '') AS "d",
  CAST(cells[3] AS BIGINT) AS "rolling_2_percentile_x_50"
FROM (SELECT unnest(from_json(kql_rows('rolling_percentile', '{"options":{"percentile":50,"size":{"$mailhunt":["bigint","864000000000"]},"bins":{"$mailhunt":["bigint","2"]}},"schema":[{"name":"at","type":"datetime"},{"name":"d","type":"string"},{"name":"rolling_2_percentile_x_50","type":"long"}],"schemas":[[{"name":"c0","type":"long"},{"name":"c1","type":"datetime"},{"name":"c2","type":"string"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST(CAST("c0" AS VARCHAR) AS VARCHAR), CAST(CAST("c1" AS VARCHAR) AS VARCHAR), CAST("c2" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      "x" AS "c0",
      CASE WHEN (638712864000000000::BIGINT + ("x" * 432000000000::BIGINT)) BETWEEN 0 AND 3155378975999999999 THEN (638712864000000000::BIGINT + ("x" * 432000000000::BIGINT)) END AS "c1",
      CASE WHEN coalesce((CASE WHEN 2::BIGINT = -1 THEN 0 * "x" WHEN ("x" % nullif(2::BIGINT, -1)) < 0 THEN ("x" % nullif(2::BIGINT, -1)) + 2::BIGINT ELSE ("x" % nullif(2::BIGINT, -1)) END = 0::BIGINT), false) THEN 'even' ELSE 'odd' END AS "c2"
    FROM (
      SELECT
        value AS "x"
      FROM generate_series(0::BIGINT, 5::BIGINT, 1::BIGINT) AS series(value)
    )
  )
)) AS input0(rows))
