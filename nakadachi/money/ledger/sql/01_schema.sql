-- Everything of the ledger stands in a schema of its own, owned by the migrating role.
-- The application's role gets USAGE, SELECT and EXECUTE (privileges.py), never a write.
CREATE SCHEMA ledger;
REVOKE ALL ON SCHEMA ledger FROM PUBLIC;
