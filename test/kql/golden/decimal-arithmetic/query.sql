SELECT
  "a",
  "b",
  CAST(kql_call('*', 'decimal', 'decimal,decimal', CAST(CAST("a" AS VARCHAR) AS VARCHAR), CAST(CAST("b" AS VARCHAR) AS VARCHAR), kql_turn("a")) AS DECIMAL(38,18)) AS "product",
  CAST(kql_call('%', 'decimal', 'decimal,decimal', CAST(CAST("a" AS VARCHAR) AS VARCHAR), CAST(CAST("b" AS VARCHAR) AS VARCHAR), kql_turn("a")) AS DECIMAL(38,18)) AS "rest",
  CAST(kql_call('/', 'decimal', 'decimal,long', CAST(CAST("a" AS VARCHAR) AS VARCHAR), CAST(CAST(2::BIGINT AS VARCHAR) AS VARCHAR), kql_turn("a")) AS DECIMAL(38,18)) AS "half",
  CAST(kql_call('round', 'decimal', 'decimal,long', CAST(CAST("a" AS VARCHAR) AS VARCHAR), CAST(CAST(0::BIGINT AS VARCHAR) AS VARCHAR), kql_turn("a")) AS DECIMAL(38,18)) AS "rounded",
  CAST(kql_call('bin', 'decimal', 'decimal,long', CAST(CAST("a" AS VARCHAR) AS VARCHAR), CAST(CAST(4::BIGINT AS VARCHAR) AS VARCHAR), kql_turn("a")) AS DECIMAL(38,18)) AS "binned",
  CAST(("a" + "b") AS DECIMAL(38,18)) AS "sum"
FROM (SELECT * FROM (VALUES (1.5::DECIMAL(38,18), 2.5::DECIMAL(38,18)), ((-14::DECIMAL(38,18)), 12::DECIMAL(38,18)), (NULL::DECIMAL(38,18), 1::DECIMAL(38,18))) AS rows("a", "b"))
