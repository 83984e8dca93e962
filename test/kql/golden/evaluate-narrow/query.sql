SELECT
  CAST(cells[1] AS BIGINT) AS "Row",
  coalesce(cells[2], '') AS "Column",
  coalesce(cells[3], '') AS "Value"
FROM (SELECT unnest(from_json(kql_rows('narrow', '{"schema":[{"name":"Row","type":"long"},{"name":"Column","type":"string"},{"name":"Value","type":"string"}],"schemas":[[{"name":"a","type":"string"},{"name":"b","type":"string"},{"name":"c","type":"string"},{"name":"d","type":"string"},{"name":"e","type":"string"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
  SELECT CAST(to_json([CAST("a" AS VARCHAR), CAST("b" AS VARCHAR), CAST("c" AS VARCHAR), CAST("d" AS VARCHAR), CAST("e" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
    SELECT
      CASE WHEN ("a" IS NULL) THEN '[null]' ELSE CASE WHEN "a" THEN 'True' ELSE 'False' END END AS "a",
      CASE WHEN ("b" IS NULL) THEN '[null]' ELSE coalesce(printf('%04d', year(make_timestamp("b" // 10 - 62135596800000000))) || '-' || printf('%02d', month(make_timestamp("b" // 10 - 62135596800000000))) || '-' || printf('%02d', day(make_timestamp("b" // 10 - 62135596800000000))) || ' ' || printf('%02d', ("b" % 864000000000 // 36000000000)) || ':' || printf('%02d', ("b" % 36000000000 // 600000000)) || ':' || printf('%02d', ("b" % 600000000 // 10000000)) || '.' || printf('%07d', ("b" % 10000000 // 1)), '') END AS "b",
      CASE WHEN ("c" IS NULL) THEN '[null]' ELSE coalesce(CAST("c" AS VARCHAR), '') END AS "c",
      "d",
      CASE WHEN ("e" IS NULL) THEN '[null]' ELSE coalesce(CASE WHEN json_valid("e") THEN json_extract_string("e", '$') END, '') END AS "e"
    FROM (SELECT * FROM (VALUES (true, 638713838456000000::BIGINT, NULL::INTEGER, '', '{"a":1}'), (NULL::BOOLEAN, NULL::BIGINT, 5::INTEGER, 'x', NULL::VARCHAR)) AS rows("a", "b", "c", "d", "e"))
  )
)) AS input0(rows))
