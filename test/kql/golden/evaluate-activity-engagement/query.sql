SELECT
  CAST(cells[1] AS BIGINT) AS "at",
  CAST(cells[2] AS BIGINT) AS "dcount_activities_inner",
  CAST(cells[3] AS BIGINT) AS "dcount_activities_outer",
  CAST(cells[4] AS DOUBLE) AS "activity_ratio"
FROM (SELECT unnest(from_json(kql_rows('activity_engagement', '{"options":{"start":{"$mailhunt":["bigint","638712864000000000"]},"end":{"$mailhunt":["bigint","638716320000000000"]},"step":{"$mailhunt":["bigint","864000000000"]},"lookback":{"$mailhunt":["bigint","1728000000000"]}},"schema":[{"name":"at","type":"datetime"},{"name":"dcount_activities_inner","type":"long"},{"name":"dcount_activities_outer","type":"long"},{"name":"activity_ratio","type":"real"}],"schemas":[[{"name":"c0","type":"string"},{"name":"c1","type":"datetime"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST("c0" AS VARCHAR), CAST(CAST("c1" AS VARCHAR) AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      "id" AS "c0",
      "at" AS "c1"
    FROM (SELECT * FROM (VALUES ('a', 638712864000000000::BIGINT), ('b', 638712864000000000::BIGINT), ('a', 638713728000000000::BIGINT), ('c', 638714592000000000::BIGINT)) AS rows("id", "at"))
  )
)) AS input0(rows))
