SELECT
  "c",
  "Name",
  "Column1",
  coalesce(CASE WHEN json_valid("Column2") THEN json_extract_string("Column2", '$') END, '') AS "Column2"
FROM (
  SELECT
    "c" AS "c",
    "Name" AS "Name",
    NULLIF("~items0"["~at"], 'null') AS "Column1",
    NULLIF("~items1"["~at"], 'null') AS "Column2"
  FROM (
    SELECT
      *,
      unnest(range(1, greatest(len("~items0"), len("~items1")) + 1)) AS "~at"
    FROM (
      SELECT
        *,
        CASE WHEN (CASE WHEN json_valid('[1,2]') THEN json_type('[1,2]') END) = 'ARRAY' THEN CAST(json_extract('[1,2]', '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid('[1,2]') THEN json_type('[1,2]') END) = 'OBJECT' THEN list_transform(json_keys('[1,2]'), lambda _key: '[' || CAST(to_json(_key) AS VARCHAR) || ',' || coalesce(CASE WHEN (CASE WHEN json_valid('[1,2]') THEN json_type('[1,2]') END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid('[1,2]') THEN CAST(json_extract('[1,2]', '/' || replace(replace(_key, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || ']') ELSE [CAST('[1,2]' AS VARCHAR)] END AS "~items0",
        CASE WHEN (CASE WHEN json_valid('{"a":1}') THEN json_type('{"a":1}') END) = 'ARRAY' THEN CAST(json_extract('{"a":1}', '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid('{"a":1}') THEN json_type('{"a":1}') END) = 'OBJECT' THEN list_transform(json_keys('{"a":1}'), lambda _key: '[' || CAST(to_json(_key) AS VARCHAR) || ',' || coalesce(CASE WHEN (CASE WHEN json_valid('{"a":1}') THEN json_type('{"a":1}') END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid('{"a":1}') THEN CAST(json_extract('{"a":1}', '/' || replace(replace(_key, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || ']') ELSE [CAST('{"a":1}' AS VARCHAR)] END AS "~items1"
      FROM (
        SELECT
          1::BIGINT AS "c",
          'kept' AS "Name"
      )
    )
  )
)
