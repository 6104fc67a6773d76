-- The sum of yen as a bigint: exact, an error beyond 2^63, and much lighter than sum(bigint), which counts in numeric.
CREATE AGGREGATE ledger.total(bigint) (SFUNC = int8pl, STYPE = bigint, INITCOND = '0', COMBINEFUNC = int8pl, PARALLEL = SAFE);
