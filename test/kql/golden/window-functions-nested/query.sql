SELECT
  "name",
  "month",
  "salary",
  "total",
  "rank",
  "following"
FROM (
  SELECT
    "name",
    "month",
    "salary",
    "total",
    "rank",
    "following",
    "$window_1"
  FROM (
    SELECT
      "name",
      "month",
      "salary",
      "total",
      "rank",
      "following",
      "~row",
      lead("name", 1, '') OVER (ORDER BY "~row") AS "$window_1"
    FROM (
      SELECT *, row_number() OVER () AS "~row" FROM (
        SELECT
          "name",
          "month",
          "salary",
          "$window_2" AS "total",
          "$window_3" AS "rank",
          "$window_4" AS "following"
        FROM (
          SELECT
            "name",
            "month",
            "salary",
            "$window_3",
            "$window_4",
            "$window_2"
          FROM (
            SELECT
              "name",
              "month",
              "salary",
              "$window_1",
              "$window_3",
              "$window_4",
              "~row",
              CAST(coalesce(sum("salary") OVER (PARTITION BY "~start0" ORDER BY "~row" ROWS UNBOUNDED PRECEDING), 0) AS BIGINT) AS "$window_2"
            FROM (
              SELECT
                *,
                count(CASE WHEN ("name" <> "$window_1") THEN 1 END) OVER (ORDER BY "~row" ROWS UNBOUNDED PRECEDING) AS "~start0"
              FROM (
                SELECT
                  "name",
                  "month",
                  "salary",
                  "~row",
                  lag("name", 1, '') OVER (ORDER BY "~row") AS "$window_1",
                  count(CASE WHEN "~changed1" THEN 1 END) OVER (ORDER BY "~row" ROWS UNBOUNDED PRECEDING) AS "$window_3",
                  lead("salary", 1, (-1::BIGINT)) OVER (ORDER BY "~row") AS "$window_4"
                FROM (
                  SELECT
                    *,
                    ("~row" = 1 OR "name" IS DISTINCT FROM lag("name") OVER (ORDER BY "~row")) AS "~changed1"
                  FROM (
                    SELECT *, row_number() OVER () AS "~row" FROM (
                      SELECT *
                      FROM (SELECT * FROM (VALUES ('Bob', 2::INTEGER, 5::BIGINT), ('Ann', 1::INTEGER, 3::BIGINT), ('Bob', 1::INTEGER, 4::BIGINT), ('Ann', 2::INTEGER, 2::BIGINT)) AS rows("name", "month", "salary"))
                      ORDER BY "name" ASC NULLS FIRST, "month" ASC NULLS FIRST
                    )
                  )
                )
              )
            )
          )
          ORDER BY "~row"
        )
      )
    )
  )
  ORDER BY "~row"
)
WHERE ("name" <> "$window_1")
