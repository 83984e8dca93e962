SELECT *
FROM (
  SELECT
    CAST(cells[1] AS BIGINT) AS "Row",
    coalesce(cells[2], '') AS "Column",
    coalesce(cells[3], '') AS "Value"
  FROM (SELECT unnest(from_json(kql_rows('narrow', '{"schema":[{"name":"Row","type":"long"},{"name":"Column","type":"string"},{"name":"Value","type":"string"}],"schemas":[[{"name":"source_","type":"string"},{"name":"Timestamp","type":"string"},{"name":"Id","type":"string"},{"name":"Url","type":"string"},{"name":"sender","type":"string"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
    SELECT CAST(to_json([CAST("source_" AS VARCHAR), CAST("Timestamp" AS VARCHAR), CAST("Id" AS VARCHAR), CAST("Url" AS VARCHAR), CAST("sender" AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
      SELECT
        "source_",
        CASE WHEN ("Timestamp" IS NULL) THEN '[null]' ELSE coalesce(printf('%04d', year(make_timestamp("Timestamp" // 10 - 62135596800000000))) || '-' || printf('%02d', month(make_timestamp("Timestamp" // 10 - 62135596800000000))) || '-' || printf('%02d', day(make_timestamp("Timestamp" // 10 - 62135596800000000))) || ' ' || printf('%02d', ("Timestamp" % 864000000000 // 36000000000)) || ':' || printf('%02d', ("Timestamp" % 36000000000 // 600000000)) || ':' || printf('%02d', ("Timestamp" % 600000000 // 10000000)) || '.' || printf('%07d', ("Timestamp" % 10000000 // 1)), '') END AS "Timestamp",
        "Id",
        "Url",
        "sender"
      FROM (
        SELECT
          'Clicks' AS "source_",
          "Timestamp",
          "Id",
          "Url",
          "sender"
        FROM "Clicks"
        WHERE ("Id" = 'm2')
      )
    )
  )) AS input0(rows))
)
WHERE ("Column" = 'Url')
