SELECT
  CAST(cells[1] AS BIGINT) AS "at",
  coalesce(cells[2], '') AS "s",
  CAST(cells[3] AS BIGINT) AS "Period",
  CAST(cells[4] AS BIGINT) AS "dcount"
FROM (SELECT unnest(from_json(kql_rows('funnel_sequence_completion', '{"options":{"start":{"$mailhunt":["bigint","638712864000000000"]},"end":{"$mailhunt":["bigint","638713728000000000"]},"step":{"$mailhunt":["bigint","6048000000000"]},"sequence":["a","b"],"periods":[{"$mailhunt":["bigint","36000000000"]},{"$mailhunt":["bigint","144000000000"]}]},"schema":[{"name":"at","type":"datetime"},{"name":"s","type":"string"},{"name":"Period","type":"timespan"},{"name":"dcount","type":"long"}],"schemas":[[{"name":"c0","type":"long"},{"name":"c1","type":"datetime"},{"name":"c2","type":"string"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST(CAST("c0" AS VARCHAR) AS VARCHAR), CAST(CAST("c1" AS VARCHAR) AS VARCHAR), CAST("c2" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      "id" AS "c0",
      "at" AS "c1",
      "s" AS "c2"
    FROM (SELECT * FROM (VALUES (1::BIGINT, 638712864000000000::BIGINT, 'a'), (1::BIGINT, 638712882000000000::BIGINT, 'b'), (2::BIGINT, 638712864000000000::BIGINT, 'a'), (2::BIGINT, 638712972000000000::BIGINT, 'b'), (3::BIGINT, 638712864000000000::BIGINT, 'b')) AS rows("id", "at", "s"))
  )
)) AS input0(rows))
