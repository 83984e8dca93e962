SELECT
  coalesce(cells[1], '') AS "d",
  CAST(cells[2] AS BIGINT) AS "one_at",
  CAST(cells[3] AS BIGINT) AS "two_at",
  CAST(cells[4] AS BIGINT) AS "Duration"
FROM (SELECT unnest(from_json(kql_rows('sequence_detect', '{"options":{"maxStep":{"$mailhunt":["bigint","1728000000000"]},"maxSpan":{"$mailhunt":["bigint","4320000000000"]},"steps":2},"schema":[{"name":"d","type":"string"},{"name":"one_at","type":"datetime"},{"name":"two_at","type":"datetime"},{"name":"Duration","type":"timespan"}],"schemas":[[{"name":"c0","type":"datetime"},{"name":"c1","type":"bool"},{"name":"c2","type":"bool"},{"name":"c3","type":"string"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST(CAST("c0" AS VARCHAR) AS VARCHAR), CAST(CAST("c1" AS VARCHAR) AS VARCHAR), CAST(CAST("c2" AS VARCHAR) AS VARCHAR), CAST("c3" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      "at" AS "c0",
      ("e" = 'a') AS "c1",
      ("e" = 'b') AS "c2",
      "d" AS "c3"
    FROM (SELECT * FROM (VALUES (638712864000000000::BIGINT, 'a', 'x'), (638713728000000000::BIGINT, 'b', 'x'), (638713728000000000::BIGINT, 'a', 'x'), (638715456000000000::BIGINT, 'b', 'x'), (638719776000000000::BIGINT, 'b', 'x'), (638713728000000000::BIGINT, 'b', 'y')) AS rows("at", "e", "d"))
  )
)) AS input0(rows))
