SELECT
  (coalesce(NULL::BOOLEAN, false) AND true) AS "And",
  (coalesce(NULL::BOOLEAN, false) OR true) AS "Or",
  (coalesce(NULL::BOOLEAN, false) OR false) AS "Neither",
  (NOT NULL::BOOLEAN) AS "Not",
  CASE WHEN (coalesce(NULL::BOOLEAN, false) AND true) THEN 1::BIGINT ELSE 2::BIGINT END AS "AsCondition",
  false AS "Same"
