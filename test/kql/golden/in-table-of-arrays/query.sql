SELECT
  "x",
  ("x" IN (SELECT "d" FROM (
  SELECT
    coalesce(CASE WHEN json_valid("d") THEN json_extract_string("d", '$') END, '') AS "d"
  FROM (
    SELECT
      NULLIF("~item0", 'null') AS "d"
    FROM (
      SELECT
        *,
        unnest("~items0") AS "~item0"
      FROM (
        SELECT
          *,
          CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'ARRAY' THEN CAST(json_extract("d", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN list_transform(json_keys("d"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("d") THEN CAST(json_extract("d", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("d" AS VARCHAR)] END AS "~items0"
        FROM (
          SELECT
            NULLIF("~item0", 'null') AS "d"
          FROM (
            SELECT
              *,
              unnest("~items0") AS "~item0"
            FROM (
              SELECT
                *,
                CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'ARRAY' THEN CAST(json_extract("d", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN list_transform(json_keys("d"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("d") THEN CAST(json_extract("d", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("d" AS VARCHAR)] END AS "~items0"
              FROM (SELECT * FROM (VALUES ('["a","b"]'), ('"c"'), (NULL::VARCHAR), ('["D",["e"],1]'), ('[]')) AS rows("d"))
            )
          )
        )
      )
    )
  )
  WHERE (CASE coalesce((CASE WHEN json_valid("d") THEN json_type("d") END), 'NULL') WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool' WHEN 'DOUBLE' THEN 'double' WHEN 'NULL' THEN 'null' ELSE 'long' END = 'string')
))) AS "In",
  (NOT ("x" IN (SELECT "d" FROM (
  SELECT
    coalesce(CASE WHEN json_valid("d") THEN json_extract_string("d", '$') END, '') AS "d"
  FROM (
    SELECT
      NULLIF("~item0", 'null') AS "d"
    FROM (
      SELECT
        *,
        unnest("~items0") AS "~item0"
      FROM (
        SELECT
          *,
          CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'ARRAY' THEN CAST(json_extract("d", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN list_transform(json_keys("d"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("d") THEN CAST(json_extract("d", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("d" AS VARCHAR)] END AS "~items0"
        FROM (
          SELECT
            NULLIF("~item0", 'null') AS "d"
          FROM (
            SELECT
              *,
              unnest("~items0") AS "~item0"
            FROM (
              SELECT
                *,
                CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'ARRAY' THEN CAST(json_extract("d", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN list_transform(json_keys("d"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("d") THEN CAST(json_extract("d", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("d" AS VARCHAR)] END AS "~items0"
              FROM (SELECT * FROM (VALUES ('["a","b"]'), ('"c"'), (NULL::VARCHAR), ('["D",["e"],1]'), ('[]')) AS rows("d"))
            )
          )
        )
      )
    )
  )
  WHERE (CASE coalesce((CASE WHEN json_valid("d") THEN json_type("d") END), 'NULL') WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool' WHEN 'DOUBLE' THEN 'double' WHEN 'NULL' THEN 'null' ELSE 'long' END = 'string')
)))) AS "NotIn",
  (lower("x") IN (SELECT lower("d") FROM (
  SELECT
    coalesce(CASE WHEN json_valid("d") THEN json_extract_string("d", '$') END, '') AS "d"
  FROM (
    SELECT
      NULLIF("~item0", 'null') AS "d"
    FROM (
      SELECT
        *,
        unnest("~items0") AS "~item0"
      FROM (
        SELECT
          *,
          CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'ARRAY' THEN CAST(json_extract("d", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN list_transform(json_keys("d"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("d") THEN CAST(json_extract("d", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("d" AS VARCHAR)] END AS "~items0"
        FROM (
          SELECT
            NULLIF("~item0", 'null') AS "d"
          FROM (
            SELECT
              *,
              unnest("~items0") AS "~item0"
            FROM (
              SELECT
                *,
                CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'ARRAY' THEN CAST(json_extract("d", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN list_transform(json_keys("d"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("d") THEN CAST(json_extract("d", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("d" AS VARCHAR)] END AS "~items0"
              FROM (SELECT * FROM (VALUES ('["a","b"]'), ('"c"'), (NULL::VARCHAR), ('["D",["e"],1]'), ('[]')) AS rows("d"))
            )
          )
        )
      )
    )
  )
  WHERE (CASE coalesce((CASE WHEN json_valid("d") THEN json_type("d") END), 'NULL') WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool' WHEN 'DOUBLE' THEN 'double' WHEN 'NULL' THEN 'null' ELSE 'long' END = 'string')
))) AS "Folded",
  (NOT (lower("x") IN (SELECT lower("d") FROM (
  SELECT
    coalesce(CASE WHEN json_valid("d") THEN json_extract_string("d", '$') END, '') AS "d"
  FROM (
    SELECT
      NULLIF("~item0", 'null') AS "d"
    FROM (
      SELECT
        *,
        unnest("~items0") AS "~item0"
      FROM (
        SELECT
          *,
          CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'ARRAY' THEN CAST(json_extract("d", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN list_transform(json_keys("d"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("d") THEN CAST(json_extract("d", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("d" AS VARCHAR)] END AS "~items0"
        FROM (
          SELECT
            NULLIF("~item0", 'null') AS "d"
          FROM (
            SELECT
              *,
              unnest("~items0") AS "~item0"
            FROM (
              SELECT
                *,
                CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'ARRAY' THEN CAST(json_extract("d", '$[*]') AS VARCHAR[]) WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN list_transform(json_keys("d"), lambda _member: '{' || CAST(to_json(_member) AS VARCHAR) || ':' || coalesce(CASE WHEN (CASE WHEN json_valid("d") THEN json_type("d") END) = 'OBJECT' THEN NULLIF(CASE WHEN json_valid("d") THEN CAST(json_extract("d", '/' || replace(replace(_member, '~', '~0'), '/', '~1')) AS VARCHAR) END, 'null') END, 'null') || '}') ELSE [CAST("d" AS VARCHAR)] END AS "~items0"
              FROM (SELECT * FROM (VALUES ('["a","b"]'), ('"c"'), (NULL::VARCHAR), ('["D",["e"],1]'), ('[]')) AS rows("d"))
            )
          )
        )
      )
    )
  )
  WHERE (CASE coalesce((CASE WHEN json_valid("d") THEN json_type("d") END), 'NULL') WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool' WHEN 'DOUBLE' THEN 'double' WHEN 'NULL' THEN 'null' ELSE 'long' END = 'string')
)))) AS "NotFolded"
FROM (SELECT * FROM (VALUES ('a'), ('c'), ('d'), ('e'), ('1'), ('')) AS rows("x"))
