SELECT
  "row1"."Id" AS "Id",
  each."Sum" AS "Sum"
FROM (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (
    SELECT
      "Id" AS "Id",
      "List" AS "List"
    FROM (
      SELECT
        *,
        unnest("~items0"[:1]) AS "~item0"
      FROM (
        SELECT
          *,
          CASE WHEN (CASE WHEN json_valid("List") THEN json_type("List") END) = 'ARRAY' THEN CAST(json_extract("List", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("List") THEN json_type("List") END) = 'OBJECT' THEN list_transform(json_keys("List"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("List") THEN json_type("List") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("List") THEN CAST(json_extract("List", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("List" AS VARCHAR)] END AS "~items0"
        FROM (SELECT * FROM (VALUES (1::BIGINT, '[1,2,3]'), (2::BIGINT, '[4]')) AS rows("Id", "List"))
      )
    )
  )
) AS "row1"
CROSS JOIN LATERAL (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (
    SELECT
      CAST(coalesce(sum("Value"), 0) AS BIGINT) AS "Sum"
    FROM (
      SELECT
        CASE WHEN ((CASE coalesce((CASE WHEN json_valid("Value") THEN json_type("Value") END), 'NULL') WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool' WHEN 'DOUBLE' THEN 'double' WHEN 'NULL' THEN 'null' ELSE 'long' END IN ('long')) OR ((CASE coalesce((CASE WHEN json_valid("Value") THEN json_type("Value") END), 'NULL') WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool' WHEN 'DOUBLE' THEN 'double' WHEN 'NULL' THEN 'null' ELSE 'long' END IN ('double')) AND coalesce(coalesce((CASE WHEN (coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, '') AS DOUBLE) END, CASE WHEN NOT starts_with("Value", '"') THEN CASE coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END END) % 1::DOUBLE) < 0 THEN (coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, '') AS DOUBLE) END, CASE WHEN NOT starts_with("Value", '"') THEN CASE coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END END) % 1::DOUBLE) + abs(1::DOUBLE) ELSE (coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, '') AS DOUBLE) END, CASE WHEN NOT starts_with("Value", '"') THEN CASE coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END END) % 1::DOUBLE) END = 0::DOUBLE), false), false))) THEN coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, ''), '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, '') AS BIGINT) END, CASE WHEN NOT starts_with("Value", '"') THEN coalesce(coalesce(TRY_CAST(trunc(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, '') AS DOUBLE) END) AS BIGINT), CASE WHEN isfinite(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, '') AS DOUBLE) END) THEN CAST(CASE WHEN CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, '') AS DOUBLE) END > 0 THEN 9223372036854775807 ELSE -9223372036854775808 END AS BIGINT) END), CASE coalesce(CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END) END) ELSE NULL::BIGINT END AS "Value"
      FROM (
        SELECT
          NULLIF("~item0", 'null') AS "Value"
        FROM (
          SELECT
            *,
            unnest("~items0"[:2]) AS "~item0"
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
    )
  )
) AS each
ORDER BY "row1"."~order", each."~order"
