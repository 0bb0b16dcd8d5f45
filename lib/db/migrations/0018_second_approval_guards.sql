-- Above its store's amount a request is approved by a second person after a first one was recorded, and by no rule.
CREATE FUNCTION guard_second_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE above bigint;
BEGIN
  IF (NEW.first_approved_by, NEW.first_approved_person, NEW.first_approved_at, NEW.first_seen) IS DISTINCT FROM
     (OLD.first_approved_by, OLD.first_approved_person, OLD.first_approved_at, OLD.first_seen)
     AND (OLD.status <> 'REQUESTED' OR NEW.status <> 'REQUESTED') THEN
    RAISE EXCEPTION 'a first approval is recorded by itself' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_first_alone';
  END IF;
  IF NEW.status = 'APPROVED' AND OLD.status <> 'APPROVED' THEN
    SELECT second_approval_above_minor INTO above FROM store WHERE id = NEW.store_id;
    IF above IS NOT NULL AND NEW.amount_minor > above
       AND (NEW.approved_by_rule IS NOT NULL OR OLD.first_approved_person IS NULL
            OR OLD.first_approved_person IS NOT DISTINCT FROM NEW.decided_person) THEN
      RAISE EXCEPTION 'two people approve this amount' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_second';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER refund_request_second BEFORE UPDATE ON "refund_request" FOR EACH ROW EXECUTE FUNCTION guard_second_approval();
