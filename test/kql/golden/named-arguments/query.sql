SELECT *
FROM (
  SELECT
    "Five",
    CAST((("$aggregate_1" & 4294967295) + 2147483648) % 4294967296 - 2147483648 AS INTEGER) AS "Users",
    "Ann"
  FROM (
    SELECT
      ("Size" - (("Size" % 5::BIGINT) + 5::BIGINT) % 5::BIGINT) AS "Five",
      count(DISTINCT "User") FILTER (WHERE ("Class" = 'big')) AS "$aggregate_1",
      count(*) FILTER (WHERE ("User" = 'ann')) AS "Ann"
    FROM (
      SELECT
        "User",
        "Size",
        CASE WHEN ("Size" > 2::BIGINT) THEN 'big' ELSE 'small' END AS "Class"
      FROM (SELECT * FROM (VALUES ('ann', 1::BIGINT), ('ann', 7::BIGINT), ('bob', 3::BIGINT)) AS rows("User", "Size"))
    )
    GROUP BY 1
  )
)
ORDER BY "Five" ASC NULLS FIRST
