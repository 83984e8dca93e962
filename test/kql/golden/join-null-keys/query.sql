SELECT *
FROM (
  SELECT
    'Inner' AS "Case",
    "Key",
    "L",
    "Key1",
    "R"
  FROM (
    SELECT
      l."Key" AS "Key",
      l."L" AS "L",
      r."Key" AS "Key1",
      r."R" AS "R"
    FROM (SELECT * FROM (VALUES (1::BIGINT, 'a'), (2::BIGINT, 'b'), (NULL::BIGINT, 'none')) AS rows("Key", "L")) AS l
    JOIN (SELECT * FROM (VALUES (1::BIGINT, 'x'), (NULL::BIGINT, 'nothing'), (3::BIGINT, 'y')) AS rows("Key", "R")) AS r ON l."Key" IS NOT DISTINCT FROM r."Key"
  )
  UNION ALL
  SELECT
    'Full' AS "Case",
    "Key",
    "L",
    "Key1",
    "R"
  FROM (
    SELECT
      l."Key" AS "Key",
      coalesce(l."L", '') AS "L",
      r."Key" AS "Key1",
      coalesce(r."R", '') AS "R"
    FROM (SELECT * FROM (VALUES (1::BIGINT, 'a'), (2::BIGINT, 'b'), (NULL::BIGINT, 'none')) AS rows("Key", "L")) AS l
    FULL JOIN (SELECT * FROM (VALUES (1::BIGINT, 'x'), (NULL::BIGINT, 'nothing'), (3::BIGINT, 'y')) AS rows("Key", "R")) AS r ON l."Key" IS NOT DISTINCT FROM r."Key"
  )
  UNION ALL
  SELECT
    'Anti' AS "Case",
    "Key",
    "L",
    NULL::BIGINT AS "Key1",
    '' AS "R"
  FROM (
    SELECT
      l."Key" AS "Key",
      l."L" AS "L"
    FROM (SELECT * FROM (VALUES (1::BIGINT, 'a'), (2::BIGINT, 'b'), (NULL::BIGINT, 'none')) AS rows("Key", "L")) AS l
    ANTI JOIN (SELECT * FROM (VALUES (1::BIGINT, 'x'), (NULL::BIGINT, 'nothing'), (3::BIGINT, 'y')) AS rows("Key", "R")) AS r ON l."Key" IS NOT DISTINCT FROM r."Key"
  )
  UNION ALL
  SELECT
    'Lookup' AS "Case",
    "Key",
    "L",
    NULL::BIGINT AS "Key1",
    "R"
  FROM (
    SELECT
      l."Key" AS "Key",
      l."L" AS "L",
      coalesce(r."R", '') AS "R"
    FROM (SELECT * FROM (VALUES (1::BIGINT, 'a'), (2::BIGINT, 'b'), (NULL::BIGINT, 'none')) AS rows("Key", "L")) AS l
    LEFT JOIN (SELECT * FROM (VALUES (1::BIGINT, 'x'), (NULL::BIGINT, 'nothing'), (3::BIGINT, 'y')) AS rows("Key", "R")) AS r ON l."Key" IS NOT DISTINCT FROM r."Key"
  )
)
ORDER BY "Case" ASC NULLS FIRST, "L" ASC NULLS FIRST, "R" ASC NULLS FIRST
