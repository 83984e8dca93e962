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
      (count(*) OVER (ORDER BY "~row" ROWS UNBOUNDED PRECEDING) + 5 - 1) AS "$window_1",
      (count(*) OVER (ORDER BY "~row" ROWS UNBOUNDED PRECEDING) + 1 - 1) AS "$window_2"
    FROM (
      SELECT *, row_number() OVER () AS "~row" FROM (
        SELECT
          1::BIGINT AS "x"
      )
    )
  )
  ORDER BY "~row"
)
