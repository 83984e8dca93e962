SELECT
  CAST(cells[1] AS BIGINT) AS "SegmentId",
  CAST(cells[2] AS BIGINT) AS "CountA",
  CAST(cells[3] AS BIGINT) AS "CountB",
  CAST(cells[4] AS DOUBLE) AS "PercentA",
  CAST(cells[5] AS DOUBLE) AS "PercentB",
  CAST(cells[6] AS DOUBLE) AS "PercentDiffAB",
  coalesce(cells[7], '') AS "Event",
  CAST(cells[8] AS BIGINT) AS "Crops",
  CAST(cells[9] AS BIGINT) AS "n",
  CAST(cells[10] AS BIGINT) AS "Set"
FROM (SELECT unnest(from_json(kql_rows('diffpatterns', '{"options":{"dimensions":[0,1],"weight":2,"wildcards":["",null,null,null],"threshold":0.05,"maxDimensions":9007199254740991,"split":4,"sets":["0","1"]},"schema":[{"name":"SegmentId","type":"long"},{"name":"CountA","type":"long"},{"name":"CountB","type":"long"},{"name":"PercentA","type":"real"},{"name":"PercentB","type":"real"},{"name":"PercentDiffAB","type":"real"},{"name":"Event","type":"string"},{"name":"Crops","type":"long"},{"name":"n","type":"long"},{"name":"Set","type":"long"}],"schemas":[[{"name":"Event","type":"string"},{"name":"Crops","type":"long"},{"name":"n","type":"long"},{"name":"Set","type":"long"},{"name":"$split_value","type":"string"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST("Event" AS VARCHAR), CAST(CAST("Crops" AS VARCHAR) AS VARCHAR), CAST(CAST("n" AS VARCHAR) AS VARCHAR), CAST(CAST("Set" AS VARCHAR) AS VARCHAR), CAST("$split_value" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      "Event",
      "Crops",
      "n",
      "Set",
      coalesce(CAST("Set" AS VARCHAR), '') AS "$split_value"
    FROM (
      SELECT
        "Event",
        "Crops",
        "n",
        CASE WHEN ("Damage" = 'NO') THEN 0::BIGINT ELSE 1::BIGINT END AS "Set"
      FROM (SELECT * FROM (VALUES ('Hail', 'NO', 0::BIGINT, 2278::BIGINT), ('Hail', 'YES', 0::BIGINT, 93::BIGINT), ('Hail', 'YES', 7::BIGINT, 97::BIGINT), ('Thunder', 'NO', 0::BIGINT, 779::BIGINT), ('Thunder', 'YES', 0::BIGINT, 500::BIGINT), ('Thunder', 'YES', 9::BIGINT, 12::BIGINT), ('Flood', 'NO', 0::BIGINT, 1517::BIGINT), ('Flood', 'YES', 3::BIGINT, 608::BIGINT)) AS rows("Event", "Damage", "Crops", "n"))
    )
  )
)) AS input0(rows))
