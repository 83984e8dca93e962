SELECT
  "id",
  "at",
  "$window_2" AS "s"
FROM (
  SELECT
    coalesce(cells[1], '') AS "id",
    CAST(cells[2] AS BIGINT) AS "at",
    coalesce(cells[3], '') AS "$window_1",
    CAST(cells[4] AS BIGINT) AS "$window_2"
  FROM (SELECT unnest(from_json(kql_rows('row_window_session', '{"options":{"arguments":4},"schema":[{"name":"id","type":"string"},{"name":"at","type":"datetime"},{"name":"$window_1","type":"string"},{"name":"$window_2","type":"datetime"}],"schemas":[[{"name":"id","type":"string"},{"name":"at","type":"datetime"},{"name":"$window_1","type":"string"},{"name":"$window_2_0","type":"datetime"},{"name":"$window_2_1","type":"timespan"},{"name":"$window_2_2","type":"timespan"},{"name":"$window_2_3","type":"bool"}]]}', input0.rows), '[["VARCHAR"]]')) AS cells FROM (SELECT '[' || coalesce(string_agg(row, ',' ORDER BY n), '') || ']' FROM (
    SELECT CAST(to_json([CAST("id" AS VARCHAR), CAST(CAST("at" AS VARCHAR) AS VARCHAR), CAST("$window_1" AS VARCHAR), CAST(CAST("$window_2_0" AS VARCHAR) AS VARCHAR), CAST(CAST("$window_2_1" AS VARCHAR) AS VARCHAR), CAST(CAST("$window_2_2" AS VARCHAR) AS VARCHAR), CAST(CAST("$window_2_3" AS VARCHAR) AS VARCHAR)]) AS VARCHAR) AS row, row_number() OVER () AS n FROM (
      SELECT
        "id",
        "at",
        "$window_1",
        "at" AS "$window_2_0",
        36000000000::BIGINT AS "$window_2_1",
        3000000000::BIGINT AS "$window_2_2",
        ("id" <> "$window_1") AS "$window_2_3"
      FROM (
        SELECT
          "id",
          "at",
          "$window_1"
        FROM (
          SELECT
            "id",
            "at",
            "~row",
            lag("id", 1, '') OVER (ORDER BY "~row") AS "$window_1"
          FROM (
            SELECT *, row_number() OVER () AS "~row" FROM (SELECT * FROM (VALUES ('a', 638712864000000000::BIGINT), ('a', 638712866400000000::BIGINT), ('a', 638712869400000000::BIGINT), ('a', NULL::BIGINT), ('a', 638712870000000000::BIGINT), ('b', 638712870600000000::BIGINT)) AS rows("id", "at"))
          )
        )
        ORDER BY "~row"
      )
    )
  )) AS input0(rows))
)
