SELECT *
FROM (SELECT * FROM (VALUES ('Id', 0::BIGINT, 'System.String', 'string'), ('Size', 1::BIGINT, 'System.Int64', 'long'), ('Extra', 2::BIGINT, 'System.Object', 'dynamic')) AS rows("ColumnName", "ColumnOrdinal", "DataType", "ColumnType"))
