SELECT
  CAST(cells[1] AS BIGINT) AS "at",
  CAST(cells[2] AS BIGINT) AS "dcount"
FROM (SELECT unnest(from_json(kql_rows('active_users_count', '{"options":{"start":{"$mailhunt":["bigint","639184608000000000"]},"end":{"$mailhunt":["bigint","639187200000000000"]},"lookback":{"$mailhunt":["bigint","2592000000000"]},"period":{"$mailhunt":["bigint","864000000000"]},"count":{"$mailhunt":["bigint","2"]},"step":{"$mailhunt":["bigint","2592000000000"]}},"schema":[{"name":"at","type":"datetime"},{"name":"dcount","type":"long"}],"schemas":[[{"name":"c0","type":"string"},{"name":"c1","type":"datetime"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST("c0" AS VARCHAR), CAST(CAST("c1" AS VARCHAR) AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      "who" AS "c0",
      "at" AS "c1"
    FROM (SELECT * FROM (VALUES ('a', 639184608000000000::BIGINT), ('a', 639185472000000000::BIGINT), ('a', 639186336000000000::BIGINT), ('b', 639184608000000000::BIGINT), ('b', 639186336000000000::BIGINT), ('c', 639186336000000000::BIGINT)) AS rows("who", "at"))
  )
)) AS input0(rows))
