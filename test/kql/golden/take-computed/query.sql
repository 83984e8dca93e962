SELECT
  "a"
FROM (
  SELECT
    "a",
    "$row"
  FROM (
    SELECT
      *,
      row_number() OVER () AS "~order"
    FROM (
      SELECT
        "a",
        "$row"
      FROM (
        SELECT
          "a",
          "~row",
          ("~row" - 1 + 1) AS "$row"
        FROM (
          SELECT *, row_number() OVER () AS "~row" FROM (
            SELECT
              "a"
            FROM (
              SELECT
                "a",
                "$row"
              FROM (
                SELECT
                  *,
                  row_number() OVER () AS "~order"
                FROM (
                  SELECT
                    "a",
                    "$row"
                  FROM (
                    SELECT
                      "a",
                      "~row",
                      ("~row" - 1 + 1) AS "$row"
                    FROM (
                      SELECT *, row_number() OVER () AS "~row" FROM (
                        SELECT *
                        FROM (SELECT * FROM (VALUES (3::BIGINT), (1::BIGINT), (4::BIGINT), (2::BIGINT)) AS rows("a"))
                        ORDER BY "a" DESC NULLS LAST
                      )
                    )
                  )
                  ORDER BY "~row"
                )
              )
              WHERE ("$row" <= (SELECT "print_0" FROM (
                SELECT
                  3::BIGINT AS "print_0"
              ) LIMIT 1))
              ORDER BY "~order"
            )
          )
        )
      )
      ORDER BY "~row"
    )
  )
  WHERE ("$row" <= (SELECT "dcount_Id" FROM (
    SELECT
      count(DISTINCT "Id") AS "dcount_Id"
    FROM "Clicks"
  ) LIMIT 1))
  ORDER BY "~order"
)
