SELECT
  "x",
  "$window_1" AS "n",
  "$window_2" AS "m"
FROM (
  SELECT
    "x",
    "$window_1",
    "$window_2"
  FROM (
    SELECT
      "x",
      "~row",
      ("~row" - 1 + 5) AS "$window_1",
      ("~row" - 1 + 1) AS "$window_2"
    FROM (
      SELECT *, row_number() OVER () AS "~row" FROM (
        SELECT
          1::BIGINT AS "x"
      )
    )
  )
  ORDER BY "~row"
)
