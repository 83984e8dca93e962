SELECT
  CAST(cells[1] AS BIGINT) AS "x"
FROM (SELECT unnest(from_json(kql_rows('rows_near', '{"options":{"before":{"$mailhunt":["bigint","2"]},"after":{"$mailhunt":["bigint","0"]}},"schema":[{"name":"x","type":"long"}],"schemas":[[{"name":"x","type":"long"},{"name":"~near","type":"bool"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST(CAST("x" AS VARCHAR) AS VARCHAR), CAST(CAST("~near" AS VARCHAR) AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      "x",
      (coalesce(coalesce(("x" = 5::BIGINT), false), false) OR coalesce(coalesce(("x" = 9::BIGINT), false), false)) AS "~near"
    FROM (
      SELECT *
      FROM (
        SELECT
          value AS "x"
        FROM generate_series(1::BIGINT, 9::BIGINT, 1::BIGINT) AS series(value)
      )
      ORDER BY "x" ASC NULLS FIRST
    )
  )
)) AS input0(rows))
