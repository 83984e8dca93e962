SELECT
  CAST(cells[1] AS BIGINT) AS "SegmentId",
  CAST(cells[2] AS BIGINT) AS "Count",
  CAST(cells[3] AS DOUBLE) AS "Percent",
  coalesce(cells[4], '') AS "Event",
  coalesce(cells[5], '') AS "Damage",
  CAST(cells[6] AS BIGINT) AS "n"
FROM (SELECT unnest(from_json(kql_rows('autocluster', '{"options":{"dimensions":[0,1],"weight":2,"wildcards":["","",null],"sizeWeight":0.6,"seeds":25},"schema":[{"name":"SegmentId","type":"long"},{"name":"Count","type":"long"},{"name":"Percent","type":"real"},{"name":"Event","type":"string"},{"name":"Damage","type":"string"},{"name":"n","type":"long"}],"schemas":[[{"name":"Event","type":"string"},{"name":"Damage","type":"string"},{"name":"n","type":"long"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST("Event" AS VARCHAR), CAST("Damage" AS VARCHAR), CAST(CAST("n" AS VARCHAR) AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      "Event",
      "Damage",
      "n"
    FROM (SELECT * FROM (VALUES ('Hail', 'NO', 0::BIGINT, 2278::BIGINT), ('Hail', 'YES', 0::BIGINT, 93::BIGINT), ('Hail', 'YES', 7::BIGINT, 97::BIGINT), ('Thunder', 'NO', 0::BIGINT, 779::BIGINT), ('Thunder', 'YES', 0::BIGINT, 500::BIGINT), ('Thunder', 'YES', 9::BIGINT, 12::BIGINT), ('Flood', 'NO', 0::BIGINT, 1517::BIGINT), ('Flood', 'YES', 3::BIGINT, 608::BIGINT)) AS rows("Event", "Damage", "Crops", "n"))
  )
)) AS input0(rows))
