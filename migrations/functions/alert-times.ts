/** When quiet hours that hold now end; null outside of them, and without any. Minutes are of the local day. */
export const ALERT_HELD_UNTIL = `
CREATE OR REPLACE FUNCTION alert_held_until(p_now timestamptz, p_from integer, p_until integer, p_timezone text)
RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_local  timestamp := p_now AT TIME ZONE p_timezone;
  v_minute integer := extract(hour FROM v_local) * 60 + extract(minute FROM v_local);
  v_end    timestamp := date_trunc('day', v_local) + p_until * interval '1 minute';
BEGIN
  IF p_from IS NULL OR p_from = p_until THEN RETURN NULL; END IF;
  IF p_from < p_until THEN
    IF v_minute < p_from OR v_minute >= p_until THEN RETURN NULL; END IF;
  ELSIF v_minute >= p_from THEN
    v_end := v_end + interval '1 day';
  ELSIF v_minute >= p_until THEN
    RETURN NULL;
  END IF;
  RETURN v_end AT TIME ZONE p_timezone;
END $$`;

/** When what is gathered now is told: at the full hour, or at eight in the morning; null when nothing is gathered. */
export const ALERT_DIGEST_AT = `
CREATE OR REPLACE FUNCTION alert_digest_at(p_now timestamptz, p_digest text, p_timezone text)
RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE p_digest
    WHEN 'HOURLY' THEN (date_trunc('hour', p_now AT TIME ZONE p_timezone) + interval '1 hour') AT TIME ZONE p_timezone
    WHEN 'DAILY' THEN (date_trunc('day', p_now AT TIME ZONE p_timezone - interval '8 hours') + interval '32 hours')
      AT TIME ZONE p_timezone END
$$`;
