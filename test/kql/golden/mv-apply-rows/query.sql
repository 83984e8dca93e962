SELECT
  "row1"."Id" AS "Id",
  "row1"."List" AS "List",
  each."At" AS "At",
  each."Value" AS "Value"
FROM (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (SELECT * FROM (VALUES (1::INTEGER, '[5,1,3]'), (1::INTEGER, '[5,1,3]'), (2::INTEGER, NULL::VARCHAR), (3::INTEGER, '[]'), (4::INTEGER, '{"a":7}')) AS rows("Id", "List"))
) AS "row1"
CROSS JOIN LATERAL (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (
    SELECT
      "At",
      "Value"
    FROM (
      SELECT
        NULLIF("~item0", 'null') AS "Value",
        "~at" AS "At"
      FROM (
        SELECT
          *,
          unnest("~items0") AS "~item0",
          unnest(range(len("~items0"))) AS "~at"
        FROM (
          SELECT
            *,
            CASE WHEN (CASE WHEN json_valid("List") THEN json_type("List") END) = 'ARRAY' THEN CAST(json_extract("List", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("List") THEN json_type("List") END) = 'OBJECT' THEN list_transform(json_keys("List"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("List") THEN json_type("List") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("List") THEN CAST(json_extract("List", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("List" AS VARCHAR)] END AS "~items0"
          FROM (
            SELECT
              "row1"."List" AS "List"
          )
        )
      )
    )
    WHERE ("At" IS DISTINCT FROM 1::BIGINT)
  )
) AS each
ORDER BY "row1"."~order", each."~order"
