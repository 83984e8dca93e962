SELECT
  "Row" AS "Row",
  NULLIF("~item0", 'null') AS "Left",
  NULLIF("~item1", 'null') AS "Right",
  "~at" AS "At"
FROM (
  SELECT
    *,
    unnest("~items0") AS "~item0",
    unnest("~items1") AS "~item1",
    unnest(range(greatest(len("~items0"), len("~items1")))) AS "~at"
  FROM (
    SELECT
      *,
      CASE WHEN (CASE WHEN json_valid("Left") THEN json_type("Left") END) = 'ARRAY' THEN CAST(json_extract("Left", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("Left") THEN json_type("Left") END) = 'OBJECT' THEN list_transform(json_keys("Left"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Left") THEN json_type("Left") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Left") THEN CAST(json_extract("Left", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("Left" AS VARCHAR)] END AS "~items0",
      CASE WHEN (CASE WHEN json_valid("Right") THEN json_type("Right") END) = 'ARRAY' THEN CAST(json_extract("Right", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("Right") THEN json_type("Right") END) = 'OBJECT' THEN list_transform(json_keys("Right"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("Right") THEN json_type("Right") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("Right") THEN CAST(json_extract("Right", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("Right" AS VARCHAR)] END AS "~items1"
    FROM (SELECT * FROM (VALUES (1::INTEGER, '[1,null,"x"]', '{"k":"v","z":null}'), (2::INTEGER, NULL::VARCHAR, '[]'), (3::INTEGER, '[]', '{}'), (4::INTEGER, '"text"', '5')) AS rows("Row", "Left", "Right"))
  )
)
