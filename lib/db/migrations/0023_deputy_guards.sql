-- What was named stays as it was named; a deputyship ends once, and by itself when one of the two is closed or changes role.
CREATE FUNCTION guard_deputy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL
     OR (NEW.id, NEW.principal_id, NEW.deputy_id, NEW.from_on, NEW.until_on, NEW.named_at)
        IS DISTINCT FROM (OLD.id, OLD.principal_id, OLD.deputy_id, OLD.from_on, OLD.until_on, OLD.named_at) THEN
    RAISE EXCEPTION 'a deputy is named once and ends once' USING ERRCODE = '23514', CONSTRAINT = 'deputy_ends_once';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER deputy_once BEFORE UPDATE OR DELETE ON "deputy" FOR EACH ROW EXECUTE FUNCTION guard_deputy();
--> statement-breakpoint
CREATE FUNCTION end_deputies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE deputy SET ended_at = clock_timestamp()
   WHERE ended_at IS NULL AND (principal_id = NEW.id OR deputy_id = NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER staff_ends_deputies AFTER UPDATE OF role, is_active ON "staff" FOR EACH ROW
  WHEN (NOT NEW.is_active OR NEW.role IS DISTINCT FROM OLD.role) EXECUTE FUNCTION end_deputies();
--> statement-breakpoint
-- Two approvals are of two people, whoever they stood in for.
CREATE OR REPLACE FUNCTION guard_second_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE above bigint;
BEGIN
  IF (NEW.first_approved_by, NEW.first_approved_person, NEW.first_approved_at, NEW.first_seen,
      NEW.first_approved_for, NEW.first_approved_for_person) IS DISTINCT FROM
     (OLD.first_approved_by, OLD.first_approved_person, OLD.first_approved_at, OLD.first_seen,
      OLD.first_approved_for, OLD.first_approved_for_person)
     AND (OLD.status <> 'REQUESTED' OR NEW.status <> 'REQUESTED') THEN
    RAISE EXCEPTION 'a first approval is recorded by itself' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_first_alone';
  END IF;
  IF NEW.status = 'APPROVED' AND OLD.status <> 'APPROVED' THEN
    SELECT second_approval_above_minor INTO above FROM store WHERE id = NEW.store_id;
    IF above IS NOT NULL AND NEW.amount_minor > above
       AND (NEW.approved_by_rule IS NOT NULL OR OLD.first_approved_person IS NULL
            OR array_remove(ARRAY[OLD.first_approved_person, OLD.first_approved_for_person], NULL)
               && array_remove(ARRAY[NEW.decided_person, NEW.decided_for_person], NULL)) THEN
      RAISE EXCEPTION 'two people approve this amount' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_second';
    END IF;
  END IF;
  RETURN NEW;
END $$;
