-- A rule approves only what is within the limits of its person at this moment, counted under the lock of all their accounts.
CREATE FUNCTION guard_rule_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE own staff%ROWTYPE; sent bigint; sent_minor bigint;
BEGIN
  IF NEW.approved_by_rule IS NULL THEN
    RETURN NEW;
  END IF;
  IF OLD.status <> 'REQUESTED' OR NEW.status <> 'APPROVED' THEN
    RAISE EXCEPTION 'a rule approves what was just asked' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_rule_move';
  END IF;
  PERFORM 1 FROM staff WHERE person_id = NEW.requested_person ORDER BY id FOR NO KEY UPDATE;
  SELECT * INTO own FROM staff WHERE id = NEW.requested_by AND person_id = NEW.requested_person AND is_active;
  IF own.id IS NULL OR own.refund_limit_currency IS DISTINCT FROM NEW.currency OR NEW.amount_minor > own.refund_limit_minor THEN
    RAISE EXCEPTION 'above the own limit' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_rule_amount';
  END IF;
  SELECT count(*), coalesce(sum(r.amount_minor), 0) INTO sent, sent_minor
    FROM refund_request r, store s
   WHERE s.id = NEW.store_id AND r.requested_person = NEW.requested_person AND r.currency = NEW.currency
     AND r.approved_by_rule IS NOT NULL
     AND r.requested_at BETWEEN NEW.requested_at - interval '48 hours' AND NEW.requested_at + interval '48 hours'
     AND ((r.requested_at AT TIME ZONE s.time_zone) - s.day_cut_at::interval)::date
       = ((NEW.requested_at AT TIME ZONE s.time_zone) - s.day_cut_at::interval)::date;
  IF sent + 1 > own.refund_day_count_max OR sent_minor + NEW.amount_minor > own.refund_day_sum_minor THEN
    RAISE EXCEPTION 'above the own limits of a day' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_rule_day';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER refund_request_rule BEFORE UPDATE ON "refund_request" FOR EACH ROW EXECUTE FUNCTION guard_rule_approval();
--> statement-breakpoint
-- How it was judged is part of what was asked; who or what approved it is part of the money's facts.
CREATE OR REPLACE FUNCTION guard_request_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status NOT IN ('REQUESTED', 'RETURNED') THEN
    RAISE EXCEPTION 'a decided request does not change' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_final';
  END IF;
  IF NEW.status <> OLD.status
     AND NOT EXISTS (SELECT 1 FROM request_rule WHERE from_status = OLD.status AND to_status = NEW.status) THEN
    RAISE EXCEPTION 'illegal move % to %', OLD.status, NEW.status USING ERRCODE = '23514', CONSTRAINT = 'refund_request_move';
  END IF;
  IF (NEW.id, NEW.request_no, NEW.order_id, NEW.store_id, NEW.amount_minor, NEW.currency, NEW.reason, NEW.note, NEW.requested_by,
      NEW.requested_person, NEW.requested_at, NEW.snapshot, NEW.client_request_id, NEW.previous_id, NEW.judgement)
     IS DISTINCT FROM
     (OLD.id, OLD.request_no, OLD.order_id, OLD.store_id, OLD.amount_minor, OLD.currency, OLD.reason, OLD.note, OLD.requested_by,
      OLD.requested_person, OLD.requested_at, OLD.snapshot, OLD.client_request_id, OLD.previous_id, OLD.judgement) THEN
    RAISE EXCEPTION 'what was asked does not change' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_immutable';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION guard_op_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.order_id, NEW.kind, NEW.amount_minor, NEW.currency, NEW.merchant_no, NEW.account_id, NEW.request_id,
      NEW.requested_person, NEW.approved_person, NEW.approved_by_rule, NEW.created_at) IS DISTINCT FROM
     (OLD.id, OLD.order_id, OLD.kind, OLD.amount_minor, OLD.currency, OLD.merchant_no, OLD.account_id, OLD.request_id,
      OLD.requested_person, OLD.approved_person, OLD.approved_by_rule, OLD.created_at) THEN
    RAISE EXCEPTION 'money facts are immutable' USING ERRCODE = '23514', CONSTRAINT = 'money_op_immutable';
  END IF;
  IF NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM op_rule WHERE from_state = OLD.state AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'illegal move % to %', OLD.state, NEW.state USING ERRCODE = '23514', CONSTRAINT = 'money_op_move';
  END IF;
  IF NEW.fence <> OLD.fence + 1 THEN
    RAISE EXCEPTION 'the fence steps by one' USING ERRCODE = '23514', CONSTRAINT = 'money_op_fence';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Money moves for a request that was approved, only for the amount that was asked, and by whom or what approved the request.
CREATE OR REPLACE FUNCTION guard_op_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE request refund_request%ROWTYPE;
BEGIN
  IF NEW.request_id IS NOT NULL THEN
    SELECT * INTO request FROM refund_request WHERE id = NEW.request_id;
    IF request.status IS DISTINCT FROM 'APPROVED' OR request.amount_minor <> NEW.amount_minor OR request.order_id <> NEW.order_id THEN
      RAISE EXCEPTION 'only an approved request moves its own amount' USING ERRCODE = '23514', CONSTRAINT = 'money_op_request_approved';
    END IF;
    IF (NEW.requested_person, NEW.approved_person, NEW.approved_by_rule) IS DISTINCT FROM
       (request.requested_person, request.decided_person, request.approved_by_rule) THEN
      RAISE EXCEPTION 'approved by somebody else than its request' USING ERRCODE = '23514', CONSTRAINT = 'money_op_request_approver';
    END IF;
  END IF;
  RETURN NEW;
END $$;
