SELECT
  CAST(cells[1] AS BIGINT) AS "x",
  CAST(cells[2] AS BIGINT) AS "total",
  CAST(cells[3] AS BIGINT) AS "count"
FROM (SELECT unnest(from_json(kql_rows('scan', '{"options":{"steps":[{"condition":{"kind":"call","name":"!=","args":[{"kind":"column","name":"x","type":"long"},{"kind":"literal","type":"long","value":{"$mailhunt":["bigint","3"]}}],"type":"bool","span":{"start":92,"length":6}},"assignments":[{"column":"total","value":{"kind":"call","name":"+","args":[{"kind":"literal","type":"long","value":{"$mailhunt":["bigint","10"]}},{"kind":"column","name":"x","type":"long"}],"type":"long","span":{"start":110,"length":9}}},{"column":"count","value":{"kind":"call","name":"+","args":[{"kind":"column","name":"~0.count","type":"long"},{"kind":"literal","type":"long","value":{"$mailhunt":["bigint","1"]}}],"type":"long","span":{"start":129,"length":11}}}],"output":"all"}],"defaults":[{"kind":"literal","type":"long","value":{"$mailhunt":["bigint","10"]}},{"kind":"literal","type":"long","value":{"$mailhunt":["bigint","1"]}}],"matchId":false},"schema":[{"name":"x","type":"long"},{"name":"total","type":"long"},{"name":"count","type":"long"}],"schemas":[[{"name":"x","type":"long"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST(CAST("x" AS VARCHAR) AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      value AS "x"
    FROM generate_series(1::BIGINT, 4::BIGINT, 1::BIGINT) AS series(value)
  )
)) AS input0(rows))
