SELECT
  2::DOUBLE AS "least",
  1::BIGINT AS "where_least",
  1::BIGINT AS "x",
  '[1.0,1.0]' AS "series_ifft__real",
  '[0.0,0.0]' AS "series_ifft__imag"
