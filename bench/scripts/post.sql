\set number random(1, :holds)
\set hold :first_hold + :number - 1
\set member :first_member + random(1, :members) - 1
SELECT ledger.post(gen_random_uuid(), 'hold.release', 'hold', :number, ARRAY[:hold, :member, 20, 12]::bigint[], ARRAY[-10550, 8350, 2000, 200]::bigint[], CURRENT_DATE);
