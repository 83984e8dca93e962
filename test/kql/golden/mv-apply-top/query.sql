SELECT
  "row1"."Id" AS "Id",
  each."Names" AS "Names",
  each."Sizes" AS "Sizes"
FROM (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (
    SELECT
      "Id" AS "Id",
      "Names" AS "Names",
      "Sizes" AS "Sizes"
    FROM (
      SELECT
        *,
        unnest("~items0"[:1]) AS "~item0",
        unnest("~items1"[:1]) AS "~item1"
      FROM (
        SELECT
          *,
          CASE WHEN (CASE WHEN json_valid("Names") THEN json_type("Names") END) = 'ARRAY' THEN CAST(json_extract("Names", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("Names") THEN json_type("Names") END) = 'OBJECT' THEN list_transform(json_keys("Names"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Names") THEN json_type("Names") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Names") THEN CAST(json_extract("Names", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("Names" AS VARCHAR)] END AS "~items0",
          CASE WHEN (CASE WHEN json_valid("Sizes") THEN json_type("Sizes") END) = 'ARRAY' THEN CAST(json_extract("Sizes", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("Sizes") THEN json_type("Sizes") END) = 'OBJECT' THEN list_transform(json_keys("Sizes"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Sizes") THEN json_type("Sizes") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Sizes") THEN CAST(json_extract("Sizes", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("Sizes" AS VARCHAR)] END AS "~items1"
        FROM (SELECT * FROM (VALUES (1::INTEGER, '["a","b","c"]', '[10,30,7]'), (2::INTEGER, '["d"]', '[5,6]')) AS rows("Id", "Names", "Sizes"))
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
      coalesce(CASE WHEN len(list("Name")) > 1048576 THEN error('mailhunt-error {"code":"KQL0005","facts":{"what":"make_list","text":"the array has more than 1048576 elements; name a size to take so many"}}') ELSE CAST(to_json(list("Name")) AS VARCHAR) END, '[]') AS "Names",
      coalesce(CASE WHEN len(list("Size") FILTER (WHERE "Size" IS NOT NULL)) > 1048576 THEN error('mailhunt-error {"code":"KQL0005","facts":{"what":"make_list","text":"the array has more than 1048576 elements; name a size to take so many"}}') ELSE CAST(to_json(list("Size") FILTER (WHERE "Size" IS NOT NULL)) AS VARCHAR) END, '[]') AS "Sizes"
    FROM (
      SELECT *
      FROM (
        SELECT
          "Name",
          CASE WHEN ((CASE coalesce((CASE WHEN json_valid("Size") THEN json_type("Size") END), 'NULL') WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool' WHEN 'DOUBLE' THEN 'double' WHEN 'NULL' THEN 'null' ELSE 'long' END IN ('long')) OR ((CASE coalesce((CASE WHEN json_valid("Size") THEN json_type("Size") END), 'NULL') WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool' WHEN 'DOUBLE' THEN 'double' WHEN 'NULL' THEN 'null' ELSE 'long' END IN ('double')) AND coalesce(coalesce((CASE WHEN (coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') AS DOUBLE) END, CASE WHEN NOT starts_with("Size", '"') THEN CASE coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END END) % 1::DOUBLE) < 0 THEN (coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') AS DOUBLE) END, CASE WHEN NOT starts_with("Size", '"') THEN CASE coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END END) % 1::DOUBLE) + abs(1::DOUBLE) ELSE (coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') AS DOUBLE) END, CASE WHEN NOT starts_with("Size", '"') THEN CASE coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END END) % 1::DOUBLE) END = 0::DOUBLE), false), false))) THEN coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, ''), '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') AS BIGINT) END, CASE WHEN NOT starts_with("Size", '"') THEN coalesce(coalesce(TRY_CAST(trunc(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') AS DOUBLE) END) AS BIGINT), CASE WHEN isfinite(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') AS DOUBLE) END) THEN CAST(CASE WHEN CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') AS DOUBLE) END > 0 THEN 9223372036854775807 ELSE -9223372036854775808 END AS BIGINT) END), CASE coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END) END) ELSE NULL::BIGINT END AS "Size"
        FROM (
          SELECT
            coalesce("~item0", '') AS "Name",
            NULLIF("~item1", 'null') AS "Size"
          FROM (
            SELECT
              *,
              unnest("~items0") AS "~item0",
              unnest("~items1") AS "~item1"
            FROM (
              SELECT
                *,
                CASE WHEN (CASE WHEN json_valid("Names") THEN json_type("Names") END) = 'ARRAY' THEN json_extract_string("Names", '$[*]') WHEN (CASE WHEN json_valid("Names") THEN json_type("Names") END) = 'OBJECT' THEN list_transform(json_keys("Names"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Names") THEN json_type("Names") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Names") THEN CAST(json_extract("Names", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CASE WHEN json_valid("Names") THEN json_extract_string("Names", '$') END] END AS "~items0",
                CASE WHEN (CASE WHEN json_valid("Sizes") THEN json_type("Sizes") END) = 'ARRAY' THEN CAST(json_extract("Sizes", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("Sizes") THEN json_type("Sizes") END) = 'OBJECT' THEN list_transform(json_keys("Sizes"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Sizes") THEN json_type("Sizes") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Sizes") THEN CAST(json_extract("Sizes", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("Sizes" AS VARCHAR)] END AS "~items1"
              FROM (
                SELECT
                  "row1"."Names" AS "Names",
                  "row1"."Sizes" AS "Sizes"
              )
            )
          )
        )
      )
      ORDER BY "Size" DESC NULLS LAST
      LIMIT 2
    )
  )
) AS each
ORDER BY "row1"."~order", each."~order"
