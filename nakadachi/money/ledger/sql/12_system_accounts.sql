-- The fixed accounts of chart.py. Their numbers never change.
INSERT INTO ledger.account (id, kind, posting_mode) VALUES
    (1, 'psp_clearing', 'A'), (2, 'bank_client_money', 'A'), (3, 'bank_operating', 'A'),
    (4, 'operator_capital', 'A'), (5, 'chargeback_receivable', 'A'),
    (10, 'refunds_in_transit', 'A'), (11, 'payouts_in_transit', 'A'), (12, 'consumption_tax_payable', 'A'),
    (20, 'fee_revenue_worker', 'A'), (21, 'fee_revenue_client', 'A'), (22, 'plan_revenue', 'A'),
    (23, 'payout_fee_income', 'A'),
    (30, 'psp_fee_expense', 'A'), (31, 'bank_fee_expense', 'A'), (32, 'chargeback_loss', 'A'), (33, 'refund_loss', 'A');
INSERT INTO ledger.hot_balance (account_id) SELECT id FROM ledger.account WHERE posting_mode = 'A';

-- The same numbers as a constant, so that a posting proves them without reading a table. Whoever adds an account
-- replaces this function in the same migration (a test compares the two).
CREATE FUNCTION ledger.hot_accounts() RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY[1, 2, 3, 4, 5, 10, 11, 12, 20, 21, 22, 23, 30, 31, 32, 33]::bigint[]
$$;
