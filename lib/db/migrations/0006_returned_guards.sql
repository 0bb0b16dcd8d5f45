-- Return for change: which moves a request may make, and what stays reserved meanwhile (docs/adr, "Return for change").
CREATE TABLE "request_rule" ("from_status" text NOT NULL, "to_status" text NOT NULL, PRIMARY KEY ("from_status", "to_status"));
--> statement-breakpoint
INSERT INTO "request_rule" VALUES
  ('REQUESTED','RETURNED'), ('REQUESTED','APPROVED'), ('REQUESTED','REJECTED'), ('REQUESTED','WITHDRAWN'),
  ('REQUESTED','EXPIRED'), ('REQUESTED','SUPERSEDED'),
  ('RETURNED','RESENT'), ('RETURNED','WITHDRAWN'), ('RETURNED','EXPIRED'), ('RETURNED','SUPERSEDED');
--> statement-breakpoint
-- A request reserves its amount until it is decided for good, also while it is with its cashier for a change.
CREATE OR REPLACE FUNCTION guard_request_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE paid bigint; used bigint; waiting bigint; full_only boolean;
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
  SELECT coalesce(sum(amount_minor), 0) INTO waiting FROM refund_request
   WHERE order_id = NEW.order_id AND status IN ('REQUESTED', 'RETURNED');
  IF used + waiting + NEW.amount_minor > paid THEN
    RAISE EXCEPTION 'requests would exceed what was paid' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_sum';
  END IF;
  IF full_only AND NEW.amount_minor <> paid THEN
    RAISE EXCEPTION 'this account refunds in full only' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_full_only';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
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
      NEW.requested_person, NEW.requested_at, NEW.snapshot, NEW.client_request_id, NEW.previous_id)
     IS DISTINCT FROM
     (OLD.id, OLD.request_no, OLD.order_id, OLD.store_id, OLD.amount_minor, OLD.currency, OLD.reason, OLD.note, OLD.requested_by,
      OLD.requested_person, OLD.requested_at, OLD.snapshot, OLD.client_request_id, OLD.previous_id) THEN
    RAISE EXCEPTION 'what was asked does not change' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_immutable';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Money moves for a request that was approved, and only for the amount that was asked.
CREATE FUNCTION guard_op_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE request_status text; request_minor bigint; request_order uuid;
BEGIN
  IF NEW.request_id IS NOT NULL THEN
    SELECT status, amount_minor, order_id INTO request_status, request_minor, request_order FROM refund_request WHERE id = NEW.request_id;
    IF request_status IS DISTINCT FROM 'APPROVED' OR request_minor <> NEW.amount_minor OR request_order <> NEW.order_id THEN
      RAISE EXCEPTION 'only an approved request moves its own amount' USING ERRCODE = '23514', CONSTRAINT = 'money_op_request_approved';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER money_op_request BEFORE INSERT ON "money_op" FOR EACH ROW EXECUTE FUNCTION guard_op_request();
