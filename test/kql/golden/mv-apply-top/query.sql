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
        unnest(range(1, least(greatest(len("~items0"), len("~items1")), 1) + 1)) AS "~at"
      FROM (
        SELECT
          *,
          CASE WHEN (CASE WHEN json_valid("Names") THEN json_type("Names") END) = 'ARRAY' THEN CAST(json_extract("Names", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("Names") THEN json_type("Names") END) = 'OBJECT' THEN list_transform(json_keys("Names"), lambda _key: '{' || CAST(to_json(_key) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Names") THEN json_type("Names") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Names") THEN CAST(json_extract("Names", '/' || replace(replace(_key, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("Names" AS VARCHAR)] END AS "~items0",
          CASE WHEN (CASE WHEN json_valid("Sizes") THEN json_type("Sizes") END) = 'ARRAY' THEN CAST(json_extract("Sizes", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("Sizes") THEN json_type("Sizes") END) = 'OBJECT' THEN list_transform(json_keys("Sizes"), lambda _key: '{' || CAST(to_json(_key) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Sizes") THEN json_type("Sizes") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Sizes") THEN CAST(json_extract("Sizes", '/' || replace(replace(_key, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("Sizes" AS VARCHAR)] END AS "~items1"
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
          coalesce(CASE WHEN json_valid("Name") THEN json_extract_string("Name", '$') END, '') AS "Name",
          CASE WHEN (CASE coalesce((CASE WHEN json_valid("Size") THEN json_type("Size") END), 'NULL') WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool' WHEN 'DOUBLE' THEN 'double' WHEN 'NULL' THEN 'null' ELSE 'long' END IN ('long')) THEN coalesce(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, ''), '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') AS BIGINT) END, TRY_CAST(trunc(CASE WHEN regexp_full_match(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, ''), '(?i)\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*(nan|[+-]?inf|-?infinity)\s*') THEN TRY_CAST(coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') AS DOUBLE) END) AS BIGINT), CASE coalesce(CASE WHEN json_valid("Size") THEN json_extract_string("Size", '$') END, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END) ELSE NULL::BIGINT END AS "Size"
        FROM (
          SELECT
            NULLIF("~items0"["~at"], 'null') AS "Name",
            NULLIF("~items1"["~at"], 'null') AS "Size"
          FROM (
            SELECT
              *,
              unnest(range(1, greatest(len("~items0"), len("~items1")) + 1)) AS "~at"
            FROM (
              SELECT
                *,
                CASE WHEN (CASE WHEN json_valid("Names") THEN json_type("Names") END) = 'ARRAY' THEN CAST(json_extract("Names", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("Names") THEN json_type("Names") END) = 'OBJECT' THEN list_transform(json_keys("Names"), lambda _key: '{' || CAST(to_json(_key) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Names") THEN json_type("Names") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Names") THEN CAST(json_extract("Names", '/' || replace(replace(_key, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("Names" AS VARCHAR)] END AS "~items0",
                CASE WHEN (CASE WHEN json_valid("Sizes") THEN json_type("Sizes") END) = 'ARRAY' THEN CAST(json_extract("Sizes", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("Sizes") THEN json_type("Sizes") END) = 'OBJECT' THEN list_transform(json_keys("Sizes"), lambda _key: '{' || CAST(to_json(_key) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Sizes") THEN json_type("Sizes") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Sizes") THEN CAST(json_extract("Sizes", '/' || replace(replace(_key, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("Sizes" AS VARCHAR)] END AS "~items1"
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
