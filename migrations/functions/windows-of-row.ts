/**
 * The windows in which a spend row `s` counts, as a query: those of limits on its scopes themselves, and those of holders
 * of templates. `unit` is SQL about the window's unit, such as `= 'USD'`.
 */
export const windowsOfRow = (unit: string): string => `
         SELECT own.id
           FROM ledger_scopes_of(s) AS x(scope, scope_id)
           JOIN limits l ON l.scope = x.scope AND l.scope_id = x.scope_id AND model_matches(s.model_names, l.models)
           JOIN limit_windows own ON own.limit_id = l.id AND own.unit ${unit}
            AND s.admitted_at >= own.starts_at AND (own.ends_at IS NULL OR s.admitted_at < own.ends_at)
          UNION
         SELECT shared.id
           FROM ledger_scopes_of(s) AS x(scope, scope_id)
           JOIN limit_windows shared ON shared.holder_id = x.scope_id AND shared.holder_id <> '' AND shared.unit ${unit}
            AND s.admitted_at >= shared.starts_at AND (shared.ends_at IS NULL OR s.admitted_at < shared.ends_at)
           JOIN template_assignments g ON g.id = shared.assignment_id AND g.holder_scope = x.scope
           JOIN limits l ON l.id = shared.limit_id AND model_matches(s.model_names, l.models)
          WHERE g.within_scope = '' OR EXISTS (
            SELECT 1 FROM ledger_scopes_of(s) AS p(scope, scope_id)
             WHERE p.scope = g.within_scope AND p.scope_id = g.within_id)`;
