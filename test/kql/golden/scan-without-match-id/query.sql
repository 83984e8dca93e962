SELECT
  "x",
  "total",
  (2::BIGINT * "total") AS "twice"
FROM (
  SELECT
    CAST(cells[1] AS BIGINT) AS "x",
    CAST(cells[2] AS BIGINT) AS "total"
  FROM (SELECT unnest(from_json(kql_rows('scan', '{"options":{"steps":[{"condition":{"kind":"literal","type":"bool","value":true},"assignments":[{"column":"total","value":{"kind":"call","name":"+","args":[{"kind":"column","name":"x","type":"long"},{"kind":"column","name":"~0.total","type":"long"}],"type":"long","span":{"start":90,"length":11}}}],"output":"all"}],"defaults":[{"kind":"literal","type":"long","value":{"$mailhunt":["bigint","0"]}}],"matchId":false},"schema":[{"name":"x","type":"long"},{"name":"total","type":"long"}],"schemas":[[{"name":"x","type":"long"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
    SELECT CAST(to_json([CAST(CAST("x" AS VARCHAR) AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
      SELECT
        value AS "x"
      FROM generate_series(1::BIGINT, 4::BIGINT, 1::BIGINT) AS series(value)
    )
  )) AS input0(rows))
)
