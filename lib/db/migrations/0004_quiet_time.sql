-- No refund that may have been sent becomes FAILED before its quiet time is over, whoever writes (money.md A2, 2.5).
CREATE FUNCTION guard_quiet_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'REFUND' AND NEW.state = 'FAILED' AND OLD.state IN ('PENDING','UNKNOWN','NEEDS_PERSON')
     AND OLD.quiet_until IS NOT NULL AND clock_timestamp() < OLD.quiet_until THEN
    RAISE EXCEPTION 'nothing is called failed before its quiet time is over' USING ERRCODE = '23514', CONSTRAINT = 'money_op_quiet';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER money_op_quiet BEFORE UPDATE ON "money_op" FOR EACH ROW EXECUTE FUNCTION guard_quiet_time();
