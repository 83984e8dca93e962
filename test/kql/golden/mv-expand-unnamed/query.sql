SELECT
  "c" AS "c",
  "Name" AS "Name",
  NULLIF("~item0", 'null') AS "Column1",
  coalesce("~item1", '') AS "Column2"
FROM (
  SELECT
    *,
    unnest("~items0") AS "~item0",
    unnest("~items1") AS "~item1"
  FROM (
    SELECT
      *,
      CASE WHEN (CASE WHEN json_valid('[1,2]') THEN json_type('[1,2]') END) = 'ARRAY' THEN CAST(json_extract('[1,2]', '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid('[1,2]') THEN json_type('[1,2]') END) = 'OBJECT' THEN list_transform(json_keys('[1,2]'), lambda _member: '[' || CAST(to_json(_member) AS VARCHAR) || ',' || coalesce(CASE WHEN (CASE WHEN json_valid('[1,2]') THEN json_type('[1,2]') END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid('[1,2]') THEN CAST(json_extract('[1,2]', '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || ']') ELSE [CAST('[1,2]' AS VARCHAR)] END AS "~items0",
      CASE WHEN (CASE WHEN json_valid('{"a":1}') THEN json_type('{"a":1}') END) = 'ARRAY' THEN json_extract_string('{"a":1}', '$[*]') WHEN (CASE WHEN json_valid('{"a":1}') THEN json_type('{"a":1}') END) = 'OBJECT' THEN list_transform(json_keys('{"a":1}'), lambda _member: '[' || CAST(to_json(_member) AS VARCHAR) || ',' || coalesce(CASE WHEN (CASE WHEN json_valid('{"a":1}') THEN json_type('{"a":1}') END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid('{"a":1}') THEN CAST(json_extract('{"a":1}', '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || ']') ELSE [CASE WHEN json_valid('{"a":1}') THEN json_extract_string('{"a":1}', '$') END] END AS "~items1"
    FROM (
      SELECT
        1::BIGINT AS "c",
        'kept' AS "Name"
    )
  )
)
