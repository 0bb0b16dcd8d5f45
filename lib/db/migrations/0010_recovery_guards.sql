-- The rules of recovery that must hold whoever writes: found money counts, one living operation a request, two people, nothing forgotten.
INSERT INTO "installation" ("id") VALUES (1);
--> statement-breakpoint
INSERT INTO "op_rule" VALUES ('READY','UNKNOWN');
--> statement-breakpoint
-- Money that went back without us counts like money that went back by us; a request has one operation that is not proven dead.
CREATE OR REPLACE FUNCTION guard_op_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE paid bigint; used bigint; found bigint; full_only boolean; own_account uuid;
BEGIN
  SELECT o.paid_minor, a.is_full_refund_only, o.account_id INTO paid, full_only, own_account
    FROM pay_order o JOIN merchant_account a ON a.id = o.account_id
   WHERE o.id = NEW.order_id FOR UPDATE OF o;
  IF own_account IS DISTINCT FROM NEW.account_id THEN
    RAISE EXCEPTION 'the order belongs to another merchant account' USING ERRCODE = '23514', CONSTRAINT = 'money_op_account';
  END IF;
  IF NEW.state <> 'READY' OR NEW.fence <> 0 THEN
    RAISE EXCEPTION 'an operation starts READY' USING ERRCODE = '23514', CONSTRAINT = 'money_op_start';
  END IF;
  IF NEW.request_id IS NOT NULL AND EXISTS (SELECT 1 FROM money_op WHERE request_id = NEW.request_id AND state <> 'FAILED') THEN
    RAISE EXCEPTION 'the request has an operation already' USING ERRCODE = '23514', CONSTRAINT = 'money_op_request_once';
  END IF;
  IF NEW.kind = 'REFUND' THEN
    SELECT coalesce(sum(amount_minor), 0) INTO used FROM money_op
     WHERE order_id = NEW.order_id AND kind = 'REFUND' AND state <> 'FAILED';
    SELECT coalesce(sum(amount_minor), 0) INTO found FROM found_refund WHERE order_id = NEW.order_id;
    IF used + found + NEW.amount_minor > paid THEN
      RAISE EXCEPTION 'refunds would exceed what was paid' USING ERRCODE = '23514', CONSTRAINT = 'money_op_sum';
    END IF;
    IF full_only AND NEW.amount_minor <> paid THEN
      RAISE EXCEPTION 'this account refunds in full only' USING ERRCODE = '23514', CONSTRAINT = 'money_op_full_only';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION guard_request_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE paid bigint; used bigint; found bigint; waiting bigint; full_only boolean;
BEGIN
  SELECT o.paid_minor, a.is_full_refund_only INTO paid, full_only
    FROM pay_order o JOIN merchant_account a ON a.id = o.account_id
   WHERE o.id = NEW.order_id AND o.store_id = NEW.store_id FOR UPDATE OF o;
  IF paid IS NULL THEN
    RAISE EXCEPTION 'no such order in this store' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_store';
  END IF;
  IF NEW.status <> 'REQUESTED' THEN
    RAISE EXCEPTION 'a request starts REQUESTED' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_start';
  END IF;
  SELECT coalesce(sum(amount_minor), 0) INTO used FROM money_op
   WHERE order_id = NEW.order_id AND kind = 'REFUND' AND state <> 'FAILED';
  SELECT coalesce(sum(amount_minor), 0) INTO found FROM found_refund WHERE order_id = NEW.order_id;
  SELECT coalesce(sum(amount_minor), 0) INTO waiting FROM refund_request
   WHERE order_id = NEW.order_id AND status IN ('REQUESTED', 'RETURNED');
  IF used + found + waiting + NEW.amount_minor > paid THEN
    RAISE EXCEPTION 'requests would exceed what was paid' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_sum';
  END IF;
  IF full_only AND NEW.amount_minor <> paid THEN
    RAISE EXCEPTION 'this account refunds in full only' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_full_only';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- What waits for a person is settled by two, or by a proof from the gateway that the money went back.
CREATE FUNCTION guard_person_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'NEEDS_PERSON' AND NEW.state IN ('SUCCEEDED','FAILED')
     AND NOT EXISTS (SELECT 1 FROM settlement WHERE op_id = NEW.id AND status = 'CONFIRMED' AND outcome = NEW.state)
     AND NOT (NEW.state = 'SUCCEEDED'
              AND EXISTS (SELECT 1 FROM evidence WHERE id = NEW.evidence_id AND source IN ('query','number','list'))) THEN
    RAISE EXCEPTION 'two people settle what waits for a person' USING ERRCODE = '23514', CONSTRAINT = 'money_op_settled_by_two';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER money_op_person BEFORE UPDATE ON "money_op" FOR EACH ROW EXECUTE FUNCTION guard_person_move();
--> statement-breakpoint
CREATE FUNCTION guard_settlement_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'PROPOSED' OR (NEW.op_id, NEW.outcome, NEW.seen, NEW.proposed_by, NEW.proposed_person, NEW.proposed_at)
     IS DISTINCT FROM (OLD.op_id, OLD.outcome, OLD.seen, OLD.proposed_by, OLD.proposed_person, OLD.proposed_at) THEN
    RAISE EXCEPTION 'what was proposed or decided does not change' USING ERRCODE = '23514', CONSTRAINT = 'settlement_final';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER settlement_move BEFORE UPDATE ON "settlement" FOR EACH ROW EXECUTE FUNCTION guard_settlement_move();
--> statement-breakpoint
CREATE TRIGGER settlement_keep BEFORE DELETE ON "settlement" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION guard_incident_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_at IS NOT NULL OR (NEW.id, NEW.case_no, NEW.kind, NEW.key, NEW.store_id, NEW.account_id, NEW.order_id, NEW.op_id,
      NEW.opened_at, NEW.evidence_id) IS DISTINCT FROM
     (OLD.id, OLD.case_no, OLD.kind, OLD.key, OLD.store_id, OLD.account_id, OLD.order_id, OLD.op_id, OLD.opened_at, OLD.evidence_id) THEN
    RAISE EXCEPTION 'a closed case, or what a case is about, does not change' USING ERRCODE = '23514', CONSTRAINT = 'incident_final';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER incident_move BEFORE UPDATE ON "incident" FOR EACH ROW EXECUTE FUNCTION guard_incident_move();
--> statement-breakpoint
CREATE TRIGGER incident_keep BEFORE DELETE ON "incident" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER found_refund_append BEFORE UPDATE OR DELETE ON "found_refund" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER daily_proof_append BEFORE UPDATE OR DELETE ON "daily_proof" FOR EACH ROW EXECUTE FUNCTION refuse_change();
