SELECT
  CAST(cells[1] AS BIGINT) AS "at",
  coalesce(cells[2], '') AS "e",
  CAST(cells[3] AS BIGINT) AS "start",
  CAST(cells[4] AS BIGINT) AS "session"
FROM (SELECT unnest(from_json(kql_rows('scan', '{"options":{"steps":[{"condition":{"kind":"literal","type":"bool","value":true},"assignments":[{"column":"start","value":{"kind":"call","name":"iff","args":[{"kind":"call","name":"isnull","args":[{"kind":"column","name":"~0.start","type":"timespan"}],"type":"bool","span":{"start":200,"length":20}},{"kind":"column","name":"at","type":"timespan"},{"kind":"column","name":"~0.start","type":"timespan"}],"type":"timespan","span":{"start":196,"length":43}}}],"output":"all"},{"condition":{"kind":"call","name":">","args":[{"kind":"call","name":"-","args":[{"kind":"column","name":"at","type":"timespan"},{"kind":"column","name":"~0.start","type":"timespan"}],"type":"timespan","span":{"start":268,"length":17}},{"kind":"literal","type":"timespan","value":{"$mailhunt":["bigint","18000000000"]}}],"type":"bool","span":{"start":268,"length":23}},"assignments":[],"output":"none"}],"defaults":[{"kind":"literal","type":"timespan","value":null}],"matchId":true},"schema":[{"name":"at","type":"timespan"},{"name":"e","type":"string"},{"name":"start","type":"timespan"},{"name":"session","type":"long"}],"schemas":[[{"name":"at","type":"timespan"},{"name":"e","type":"string"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST(CAST("at" AS VARCHAR) AS VARCHAR), CAST("e" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT *
    FROM (SELECT * FROM (VALUES (0::BIGINT, 'A'), (6000000000::BIGINT, 'B'), (18600000000::BIGINT, 'C'), (24000000000::BIGINT, 'D'), (37200000000::BIGINT, 'E')) AS rows("at", "e"))
    ORDER BY "at" ASC NULLS FIRST
  )
)) AS input0(rows))
