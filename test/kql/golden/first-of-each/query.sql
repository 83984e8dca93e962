SELECT *
FROM (
  SELECT
    1::BIGINT AS "Case",
    "$window_2" AS "N",
    "What",
    '' AS "Before"
  FROM (
    SELECT *
    FROM (
      SELECT *, row_number() OVER (PARTITION BY "Key" ORDER BY "When" ASC NULLS FIRST) AS "$window_2"
      FROM (SELECT * FROM (VALUES ('b', 'x', 3::BIGINT, 'b3'), ('b', 'x', 1::BIGINT, 'b1'), ('b', 'y', 2::BIGINT, 'b2'), ('', 'x', 7::BIGINT, '-7'), ('', 'y', 5::BIGINT, '-5'), ('a', 'x', NULL::BIGINT, 'a-'), ('a', 'x', 4::BIGINT, 'a4'), ('a', 'y', 6::BIGINT, 'a6'), ('c', '', 9::BIGINT, 'c9')) AS rows("Key", "Other", "When", "What"))
      QUALIFY row_number() OVER (PARTITION BY "Key" ORDER BY "When" ASC NULLS FIRST) <= 2
    )
    WHERE ("$window_2" <= 2::BIGINT)
    ORDER BY "Key" ASC NULLS FIRST, "When" ASC NULLS FIRST, "$window_2" ASC NULLS FIRST
  )
  UNION ALL
  SELECT
    2::BIGINT AS "Case",
    "$window_2" AS "N",
    "What",
    '' AS "Before"
  FROM (
    SELECT *
    FROM (
      SELECT *, row_number() OVER (PARTITION BY "Key" ORDER BY "When" DESC NULLS LAST) AS "$window_2"
      FROM (SELECT * FROM (VALUES ('b', 'x', 3::BIGINT, 'b3'), ('b', 'x', 1::BIGINT, 'b1'), ('b', 'y', 2::BIGINT, 'b2'), ('', 'x', 7::BIGINT, '-7'), ('', 'y', 5::BIGINT, '-5'), ('a', 'x', NULL::BIGINT, 'a-'), ('a', 'x', 4::BIGINT, 'a4'), ('a', 'y', 6::BIGINT, 'a6'), ('c', '', 9::BIGINT, 'c9')) AS rows("Key", "Other", "When", "What"))
      QUALIFY row_number() OVER (PARTITION BY "Key" ORDER BY "When" DESC NULLS LAST) <= 2
    )
    WHERE (("$window_2" < 2::BIGINT) AND ("What" <> 'b3'))
    ORDER BY "Key" DESC NULLS LAST, "When" DESC NULLS LAST, "$window_2" ASC NULLS FIRST
  )
  UNION ALL
  SELECT
    3::BIGINT AS "Case",
    "$window_3" AS "N",
    "What",
    '' AS "Before"
  FROM (
    SELECT *
    FROM (
      SELECT *, row_number() OVER (PARTITION BY "Key", "Other" ORDER BY "When" ASC NULLS FIRST) AS "$window_3"
      FROM (SELECT * FROM (VALUES ('b', 'x', 3::BIGINT, 'b3'), ('b', 'x', 1::BIGINT, 'b1'), ('b', 'y', 2::BIGINT, 'b2'), ('', 'x', 7::BIGINT, '-7'), ('', 'y', 5::BIGINT, '-5'), ('a', 'x', NULL::BIGINT, 'a-'), ('a', 'x', 4::BIGINT, 'a4'), ('a', 'y', 6::BIGINT, 'a6'), ('c', '', 9::BIGINT, 'c9')) AS rows("Key", "Other", "When", "What"))
      QUALIFY row_number() OVER (PARTITION BY "Key", "Other" ORDER BY "When" ASC NULLS FIRST) <= 2
    )
    WHERE ("$window_3" = 2::BIGINT)
    ORDER BY "Key" ASC NULLS FIRST, "Other" ASC NULLS FIRST, "When" ASC NULLS FIRST, "$window_3" ASC NULLS FIRST
  )
  UNION ALL
  SELECT
    4::BIGINT AS "Case",
    "$window_2" AS "N",
    "What",
    '' AS "Before"
  FROM (
    SELECT
      "What",
      "$window_2"
    FROM (
      SELECT
        "Key",
        "Other",
        "When",
        "What",
        "$window_1",
        "~row",
        ("~row" - coalesce(max(CASE WHEN ("Key" <> "$window_1") THEN "~row" END) OVER (ORDER BY "~row" ROWS UNBOUNDED PRECEDING), 1) + 5) AS "$window_2"
      FROM (
        SELECT
          "Key",
          "Other",
          "When",
          "What",
          "~row",
          lag("Key", 1, '') OVER (ORDER BY "~row") AS "$window_1"
        FROM (
          SELECT *, row_number() OVER () AS "~row" FROM (
            SELECT *
            FROM (SELECT * FROM (VALUES ('b', 'x', 3::BIGINT, 'b3'), ('b', 'x', 1::BIGINT, 'b1'), ('b', 'y', 2::BIGINT, 'b2'), ('', 'x', 7::BIGINT, '-7'), ('', 'y', 5::BIGINT, '-5'), ('a', 'x', NULL::BIGINT, 'a-'), ('a', 'x', 4::BIGINT, 'a4'), ('a', 'y', 6::BIGINT, 'a6'), ('c', '', 9::BIGINT, 'c9')) AS rows("Key", "Other", "When", "What"))
            ORDER BY "Key" ASC NULLS FIRST, "When" ASC NULLS FIRST
          )
        )
      )
    )
    ORDER BY "~row"
  )
  WHERE ("$window_2" <= 5::BIGINT)
  UNION ALL
  SELECT
    5::BIGINT AS "Case",
    "$window_2" AS "N",
    "What",
    '' AS "Before"
  FROM (
    SELECT
      "What",
      "$window_2"
    FROM (
      SELECT
        "Key",
        "Other",
        "When",
        "What",
        "$window_1",
        "~row",
        ("~row" - coalesce(max(CASE WHEN ("Key" <> "$window_1") THEN "~row" END) OVER (ORDER BY "~row" ROWS UNBOUNDED PRECEDING), 1) + 1) AS "$window_2"
      FROM (
        SELECT
          "Key",
          "Other",
          "When",
          "What",
          "~row",
          lag("Key", 1, '') OVER (ORDER BY "~row") AS "$window_1"
        FROM (
          SELECT *, row_number() OVER () AS "~row" FROM (
            SELECT *
            FROM (SELECT * FROM (VALUES ('b', 'x', 3::BIGINT, 'b3'), ('b', 'x', 1::BIGINT, 'b1'), ('b', 'y', 2::BIGINT, 'b2'), ('', 'x', 7::BIGINT, '-7'), ('', 'y', 5::BIGINT, '-5'), ('a', 'x', NULL::BIGINT, 'a-'), ('a', 'x', 4::BIGINT, 'a4'), ('a', 'y', 6::BIGINT, 'a6'), ('c', '', 9::BIGINT, 'c9')) AS rows("Key", "Other", "When", "What"))
            ORDER BY "Key" ASC NULLS FIRST, "Other" ASC NULLS FIRST, "When" ASC NULLS FIRST
          )
        )
      )
    )
    ORDER BY "~row"
  )
  WHERE ("$window_2" <= 2::BIGINT)
  UNION ALL
  SELECT
    6::BIGINT AS "Case",
    "$window_2" AS "N",
    "What",
    '' AS "Before"
  FROM (
    SELECT
      "What",
      "$window_2"
    FROM (
      SELECT
        "Key",
        "Other",
        "When",
        "What",
        "$window_1",
        "~row",
        ("~row" - coalesce(max(CASE WHEN ("Key" <> "$window_1") THEN "~row" END) OVER (ORDER BY "~row" ROWS UNBOUNDED PRECEDING), 1) + 1) AS "$window_2"
      FROM (
        SELECT
          "Key",
          "Other",
          "When",
          "What",
          "~row",
          lag("Key", 1, '') OVER (ORDER BY "~row") AS "$window_1"
        FROM (
          SELECT *, row_number() OVER () AS "~row" FROM (
            SELECT *
            FROM (SELECT * FROM (VALUES ('b', 'x', 3::BIGINT, 'b3'), ('b', 'x', 1::BIGINT, 'b1'), ('b', 'y', 2::BIGINT, 'b2'), ('', 'x', 7::BIGINT, '-7'), ('', 'y', 5::BIGINT, '-5'), ('a', 'x', NULL::BIGINT, 'a-'), ('a', 'x', 4::BIGINT, 'a4'), ('a', 'y', 6::BIGINT, 'a6'), ('c', '', 9::BIGINT, 'c9')) AS rows("Key", "Other", "When", "What"))
            ORDER BY "Key" ASC NULLS FIRST, "When" ASC NULLS FIRST
          )
        )
      )
    )
    ORDER BY "~row"
  )
  WHERE ("$window_2" >= 2::BIGINT)
  UNION ALL
  SELECT
    7::BIGINT AS "Case",
    "$window_2" AS "N",
    "What",
    "$window_3" AS "Before"
  FROM (
    SELECT
      "What",
      "$window_3",
      "$window_2"
    FROM (
      SELECT
        "Key",
        "Other",
        "When",
        "What",
        "$window_1",
        "$window_3",
        "~row",
        ("~row" - coalesce(max(CASE WHEN ("Key" <> "$window_1") THEN "~row" END) OVER (ORDER BY "~row" ROWS UNBOUNDED PRECEDING), 1) + 1) AS "$window_2"
      FROM (
        SELECT
          "Key",
          "Other",
          "When",
          "What",
          "~row",
          lag("Key", 1, '') OVER (ORDER BY "~row") AS "$window_1",
          lag("What", 1, '') OVER (ORDER BY "~row") AS "$window_3"
        FROM (
          SELECT *, row_number() OVER () AS "~row" FROM (
            SELECT *
            FROM (SELECT * FROM (VALUES ('b', 'x', 3::BIGINT, 'b3'), ('b', 'x', 1::BIGINT, 'b1'), ('b', 'y', 2::BIGINT, 'b2'), ('', 'x', 7::BIGINT, '-7'), ('', 'y', 5::BIGINT, '-5'), ('a', 'x', NULL::BIGINT, 'a-'), ('a', 'x', 4::BIGINT, 'a4'), ('a', 'y', 6::BIGINT, 'a6'), ('c', '', 9::BIGINT, 'c9')) AS rows("Key", "Other", "When", "What"))
            ORDER BY "Key" ASC NULLS FIRST, "When" ASC NULLS FIRST
          )
        )
      )
    )
    ORDER BY "~row"
  )
  WHERE ("$window_2" <= 1::BIGINT)
  UNION ALL
  SELECT
    8::BIGINT AS "Case",
    "$window_2" AS "N",
    "What",
    '' AS "Before"
  FROM (
    SELECT
      "What",
      "$window_2"
    FROM (
      SELECT
        "Key",
        "Other",
        "When",
        "What",
        "$window_1",
        "~row",
        ("~row" - coalesce(max(CASE WHEN CASE WHEN "When" IS NOT NULL OR "$window_1" IS NOT NULL THEN ("When" IS DISTINCT FROM "$window_1") END THEN "~row" END) OVER (ORDER BY "~row" ROWS UNBOUNDED PRECEDING), 1) + 1) AS "$window_2"
      FROM (
        SELECT
          "Key",
          "Other",
          "When",
          "What",
          "~row",
          lag("When", 1) OVER (ORDER BY "~row") AS "$window_1"
        FROM (
          SELECT *, row_number() OVER () AS "~row" FROM (
            SELECT *
            FROM (SELECT * FROM (VALUES ('b', 'x', 3::BIGINT, 'b3'), ('b', 'x', 1::BIGINT, 'b1'), ('b', 'y', 2::BIGINT, 'b2'), ('', 'x', 7::BIGINT, '-7'), ('', 'y', 5::BIGINT, '-5'), ('a', 'x', NULL::BIGINT, 'a-'), ('a', 'x', 4::BIGINT, 'a4'), ('a', 'y', 6::BIGINT, 'a6'), ('c', '', 9::BIGINT, 'c9')) AS rows("Key", "Other", "When", "What"))
            ORDER BY "When" ASC NULLS FIRST, "Key" ASC NULLS FIRST
          )
        )
      )
    )
    ORDER BY "~row"
  )
  WHERE ("$window_2" <= 1::BIGINT)
)
ORDER BY "Case" ASC NULLS FIRST, "What" ASC NULLS FIRST
