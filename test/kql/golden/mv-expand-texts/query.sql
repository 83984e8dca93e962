SELECT
  "Row",
  "What",
  "Value",
  "Beside",
  "At"
FROM (
  SELECT
    'union_arg0' AS "From",
    "Row",
    'both' AS "What",
    "Value",
    "Beside",
    NULL::BIGINT AS "At"
  FROM (
    SELECT
      "Row" AS "Row",
      coalesce("~item0", '') AS "Value",
      NULLIF("~item1", 'null') AS "Beside"
    FROM (
      SELECT
        *,
        unnest("~items0") AS "~item0",
        unnest("~items1") AS "~item1"
      FROM (
        SELECT
          *,
          CASE WHEN (CASE WHEN json_valid("Value") THEN json_type("Value") END) = 'ARRAY' THEN json_extract_string("Value", '$[*]') WHEN (CASE WHEN json_valid("Value") THEN json_type("Value") END) = 'OBJECT' THEN list_transform(json_keys("Value"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Value") THEN json_type("Value") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Value") THEN CAST(json_extract("Value", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END] END AS "~items0",
          CASE WHEN (CASE WHEN json_valid("Beside") THEN json_type("Beside") END) = 'ARRAY' THEN CAST(json_extract("Beside", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("Beside") THEN json_type("Beside") END) = 'OBJECT' THEN list_transform(json_keys("Beside"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Beside") THEN json_type("Beside") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Beside") THEN CAST(json_extract("Beside", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("Beside" AS VARCHAR)] END AS "~items1"
        FROM (SELECT * FROM (VALUES (1::INTEGER, '[1,1.5,true,null,"","null","a\"é",[1,null],{"a":"b"},[],{}]', '[1]', 'a, b,, c'), (2::INTEGER, '{"k":"v","é\"":[1,null],"z":null}', NULL::VARCHAR, ''), (3::INTEGER, NULL::VARCHAR, '[]', 'x'), (4::INTEGER, '[]', '{}', ', '), (5::INTEGER, '"te\"xt"', '5', 'é'), (6::INTEGER, '2.5', '[null]', 'y')) AS rows("Row", "Value", "Beside", "Text"))
      )
    )
  )
  UNION ALL
  SELECT
    'union_arg1' AS "From",
    "Row",
    'index' AS "What",
    "Value",
    NULL::VARCHAR AS "Beside",
    "At"
  FROM (
    SELECT
      "Row" AS "Row",
      coalesce("~item0", '') AS "Value",
      "~at" AS "At"
    FROM (
      SELECT
        *,
        unnest("~items0"[:2]) AS "~item0",
        unnest(range(len("~items0"))[:2]) AS "~at"
      FROM (
        SELECT
          *,
          CASE WHEN (CASE WHEN json_valid("Value") THEN json_type("Value") END) = 'ARRAY' THEN json_extract_string("Value", '$[*]') WHEN (CASE WHEN json_valid("Value") THEN json_type("Value") END) = 'OBJECT' THEN list_transform(json_keys("Value"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Value") THEN json_type("Value") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Value") THEN CAST(json_extract("Value", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END] END AS "~items0"
        FROM (SELECT * FROM (VALUES (1::INTEGER, '[1,1.5,true,null,"","null","a\"é",[1,null],{"a":"b"},[],{}]', '[1]', 'a, b,, c'), (2::INTEGER, '{"k":"v","é\"":[1,null],"z":null}', NULL::VARCHAR, ''), (3::INTEGER, NULL::VARCHAR, '[]', 'x'), (4::INTEGER, '[]', '{}', ', '), (5::INTEGER, '"te\"xt"', '5', 'é'), (6::INTEGER, '2.5', '[null]', 'y')) AS rows("Row", "Value", "Beside", "Text"))
      )
    )
  )
  UNION ALL
  SELECT
    'union_arg2' AS "From",
    "Row",
    'pairs' AS "What",
    "Value",
    NULL::VARCHAR AS "Beside",
    NULL::BIGINT AS "At"
  FROM (
    SELECT
      "Row" AS "Row",
      coalesce("~item0", '') AS "Value"
    FROM (
      SELECT
        *,
        unnest("~items0") AS "~item0"
      FROM (
        SELECT
          *,
          CASE WHEN (CASE WHEN json_valid("Value") THEN json_type("Value") END) = 'ARRAY' THEN json_extract_string("Value", '$[*]') WHEN (CASE WHEN json_valid("Value") THEN json_type("Value") END) = 'OBJECT' THEN list_transform(json_keys("Value"), lambda _member: '[' || CAST(to_json(_member) AS VARCHAR) || ',' || coalesce(CASE WHEN (CASE WHEN json_valid("Value") THEN json_type("Value") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Value") THEN CAST(json_extract("Value", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || ']') ELSE [CASE WHEN json_valid("Value") THEN json_extract_string("Value", '$') END] END AS "~items0"
        FROM (SELECT * FROM (VALUES (1::INTEGER, '[1,1.5,true,null,"","null","a\"é",[1,null],{"a":"b"},[],{}]', '[1]', 'a, b,, c'), (2::INTEGER, '{"k":"v","é\"":[1,null],"z":null}', NULL::VARCHAR, ''), (3::INTEGER, NULL::VARCHAR, '[]', 'x'), (4::INTEGER, '[]', '{}', ', '), (5::INTEGER, '"te\"xt"', '5', 'é'), (6::INTEGER, '2.5', '[null]', 'y')) AS rows("Row", "Value", "Beside", "Text"))
      )
    )
  )
  WHERE (CAST("Row" AS BIGINT) = 2::BIGINT)
  UNION ALL
  SELECT
    'union_arg3' AS "From",
    "Row",
    'split' AS "What",
    "Part" AS "Value",
    "At" AS "Beside",
    NULL::BIGINT AS "At"
  FROM (
    SELECT
      "Row" AS "Row",
      coalesce("~item0", '') AS "Part",
      NULLIF("~item1", 'null') AS "At"
    FROM (
      SELECT
        *,
        unnest("~items0") AS "~item0",
        unnest("~items1") AS "~item1"
      FROM (
        SELECT
          *,
          string_split("Text", ', ') AS "~items0",
          list_transform(string_split("Text", ','), lambda _part: CAST(to_json(_part) AS VARCHAR)) AS "~items1"
        FROM (SELECT * FROM (VALUES (1::INTEGER, '[1,1.5,true,null,"","null","a\"é",[1,null],{"a":"b"},[],{}]', '[1]', 'a, b,, c'), (2::INTEGER, '{"k":"v","é\"":[1,null],"z":null}', NULL::VARCHAR, ''), (3::INTEGER, NULL::VARCHAR, '[]', 'x'), (4::INTEGER, '[]', '{}', ', '), (5::INTEGER, '"te\"xt"', '5', 'é'), (6::INTEGER, '2.5', '[null]', 'y')) AS rows("Row", "Value", "Beside", "Text"))
      )
    )
  )
  UNION ALL
  SELECT
    'union_arg4' AS "From",
    "Row",
    'found' AS "What",
    "Part" AS "Value",
    NULL::VARCHAR AS "Beside",
    NULL::BIGINT AS "At"
  FROM (
    SELECT
      "Row" AS "Row",
      coalesce("~item0", '') AS "Part"
    FROM (
      SELECT
        *,
        unnest("~items0") AS "~item0"
      FROM (
        SELECT
          *,
          string_split("Text", ', ') AS "~items0"
        FROM (SELECT * FROM (VALUES (1::INTEGER, '[1,1.5,true,null,"","null","a\"é",[1,null],{"a":"b"},[],{}]', '[1]', 'a, b,, c'), (2::INTEGER, '{"k":"v","é\"":[1,null],"z":null}', NULL::VARCHAR, ''), (3::INTEGER, NULL::VARCHAR, '[]', 'x'), (4::INTEGER, '[]', '{}', ', '), (5::INTEGER, '"te\"xt"', '5', 'é'), (6::INTEGER, '2.5', '[null]', 'y')) AS rows("Row", "Value", "Beside", "Text"))
      )
    )
  )
  WHERE ("Part" = 'c')
)
ORDER BY "From" ASC NULLS FIRST, "Row" ASC NULLS FIRST, "At" ASC NULLS FIRST, "Value" ASC NULLS FIRST, coalesce(CASE WHEN json_valid("Beside") THEN json_extract_string("Beside", '$') END, '') ASC NULLS FIRST
