/**
 * Each connection plans the ledger's statements once and keeps the plans, and it may do so while the tables are still
 * all but empty: reading such a table from end to end is then judged the cheapest, and goes on until statistics are
 * taken, when it has long become thousands of rows for every call. So the plans are bound to the indexes, and are kept
 * from being made anew for every batch.
 */
export const KEPT_PLANS = `SET enable_seqscan = off SET plan_cache_mode = force_generic_plan`;
