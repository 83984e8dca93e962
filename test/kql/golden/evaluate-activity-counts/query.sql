SELECT
  CAST(cells[1] AS BIGINT) AS "at",
  coalesce(cells[2], '') AS "d",
  CAST(cells[3] AS BIGINT) AS "count",
  CAST(cells[4] AS BIGINT) AS "dcount",
  CAST(cells[5] AS BIGINT) AS "new_dcount",
  CAST(cells[6] AS BIGINT) AS "aggregated_dcount"
FROM (SELECT unnest(from_json(kql_rows('activity_counts_metrics', '{"options":{"start":{"$mailhunt":["bigint","638712864000000000"]},"end":{"$mailhunt":["bigint","638716320000000000"]},"step":{"$mailhunt":["bigint","864000000000"]}},"schema":[{"name":"at","type":"datetime"},{"name":"d","type":"string"},{"name":"count","type":"long"},{"name":"dcount","type":"long"},{"name":"new_dcount","type":"long"},{"name":"aggregated_dcount","type":"long"}],"schemas":[[{"name":"c0","type":"string"},{"name":"c1","type":"datetime"},{"name":"c2","type":"string"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST("c0" AS VARCHAR), CAST(CAST("c1" AS VARCHAR) AS VARCHAR), CAST("c2" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      "id" AS "c0",
      "at" AS "c1",
      "d" AS "c2"
    FROM (SELECT * FROM (VALUES ('a', 638712864000000000::BIGINT, 'x'), ('b', 638712864000000000::BIGINT, 'x'), ('a', 638713728000000000::BIGINT, 'x'), ('a', 638713728000000000::BIGINT, 'y'), ('c', 638741376000000000::BIGINT, 'x')) AS rows("id", "at", "d"))
  )
)) AS input0(rows))
