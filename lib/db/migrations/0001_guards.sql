-- The rules of money.md 2.2 that must hold whoever writes: sums, moves, fences, append-only books.
CREATE TABLE "op_rule" ("from_state" text NOT NULL, "to_state" text NOT NULL, PRIMARY KEY ("from_state", "to_state"));
--> statement-breakpoint
INSERT INTO "op_rule" VALUES
  ('READY','SENDING'), ('READY','FAILED'),
  ('SENDING','READY'), ('SENDING','SUCCEEDED'), ('SENDING','PENDING'), ('SENDING','UNKNOWN'),
  ('PENDING','SUCCEEDED'), ('PENDING','FAILED'), ('PENDING','UNKNOWN'), ('PENDING','NEEDS_PERSON'),
  ('UNKNOWN','SUCCEEDED'), ('UNKNOWN','FAILED'), ('UNKNOWN','PENDING'), ('UNKNOWN','SENDING'), ('UNKNOWN','NEEDS_PERSON'),
  ('NEEDS_PERSON','SUCCEEDED'), ('NEEDS_PERSON','FAILED'),
  ('FAILED','SUCCEEDED');
--> statement-breakpoint
INSERT INTO "audit_head" ("id", "seq", "hash") VALUES (1, 0, 'storedesk');
--> statement-breakpoint
-- A new operation: the order's row lock puts every money movement of one order in line, then the sum is counted.
CREATE FUNCTION guard_op_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE paid bigint; used bigint; full_only boolean; own_account uuid;
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
  IF NEW.kind = 'REFUND' THEN
    SELECT coalesce(sum(amount_minor), 0) INTO used FROM money_op
     WHERE order_id = NEW.order_id AND kind = 'REFUND' AND state <> 'FAILED';
    IF used + NEW.amount_minor > paid THEN
      RAISE EXCEPTION 'refunds would exceed what was paid' USING ERRCODE = '23514', CONSTRAINT = 'money_op_sum';
    END IF;
    IF full_only AND NEW.amount_minor <> paid THEN
      RAISE EXCEPTION 'this account refunds in full only' USING ERRCODE = '23514', CONSTRAINT = 'money_op_full_only';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER money_op_insert BEFORE INSERT ON "money_op" FOR EACH ROW EXECUTE FUNCTION guard_op_insert();
--> statement-breakpoint
CREATE FUNCTION guard_op_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.order_id, NEW.kind, NEW.amount_minor, NEW.currency, NEW.merchant_no, NEW.account_id, NEW.request_id,
      NEW.requested_person, NEW.approved_person, NEW.created_at) IS DISTINCT FROM
     (OLD.id, OLD.order_id, OLD.kind, OLD.amount_minor, OLD.currency, OLD.merchant_no, OLD.account_id, OLD.request_id,
      OLD.requested_person, OLD.approved_person, OLD.created_at) THEN
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
CREATE TRIGGER money_op_move BEFORE UPDATE ON "money_op" FOR EACH ROW EXECUTE FUNCTION guard_op_move();
--> statement-breakpoint
-- A request reserves its amount while it waits: asked, moving and returned together never exceed what was paid.
CREATE FUNCTION guard_request_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE paid bigint; used bigint; waiting bigint; full_only boolean;
BEGIN
  SELECT o.paid_minor, a.is_full_refund_only INTO paid, full_only
    FROM pay_order o JOIN merchant_account a ON a.id = o.account_id
   WHERE o.id = NEW.order_id AND o.store_id = NEW.store_id FOR UPDATE OF o;
  IF paid IS NULL THEN
    RAISE EXCEPTION 'no such order in this store' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_store';
  END IF;
  SELECT coalesce(sum(amount_minor), 0) INTO used FROM money_op
   WHERE order_id = NEW.order_id AND kind = 'REFUND' AND state <> 'FAILED';
  SELECT coalesce(sum(amount_minor), 0) INTO waiting FROM refund_request
   WHERE order_id = NEW.order_id AND status = 'REQUESTED';
  IF used + waiting + NEW.amount_minor > paid THEN
    RAISE EXCEPTION 'requests would exceed what was paid' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_sum';
  END IF;
  IF full_only AND NEW.amount_minor <> paid THEN
    RAISE EXCEPTION 'this account refunds in full only' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_full_only';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER refund_request_insert BEFORE INSERT ON "refund_request" FOR EACH ROW EXECUTE FUNCTION guard_request_insert();
--> statement-breakpoint
CREATE FUNCTION guard_request_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'REQUESTED' THEN
    RAISE EXCEPTION 'a decided request does not change' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_final';
  END IF;
  IF (NEW.id, NEW.order_id, NEW.amount_minor, NEW.currency, NEW.requested_by, NEW.requested_person, NEW.snapshot, NEW.client_request_id)
     IS DISTINCT FROM
     (OLD.id, OLD.order_id, OLD.amount_minor, OLD.currency, OLD.requested_by, OLD.requested_person, OLD.snapshot, OLD.client_request_id) THEN
    RAISE EXCEPTION 'what was asked does not change' USING ERRCODE = '23514', CONSTRAINT = 'refund_request_immutable';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER refund_request_move BEFORE UPDATE ON "refund_request" FOR EACH ROW EXECUTE FUNCTION guard_request_move();
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514', CONSTRAINT = 'append_only';
END $$;
--> statement-breakpoint
CREATE TRIGGER op_attempt_append BEFORE UPDATE OR DELETE ON "op_attempt" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER op_attempt_keep BEFORE TRUNCATE ON "op_attempt" EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER evidence_append BEFORE UPDATE OR DELETE ON "evidence" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER evidence_keep BEFORE TRUNCATE ON "evidence" EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_event_append BEFORE UPDATE OR DELETE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_event_keep BEFORE TRUNCATE ON "audit_event" EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER money_op_keep BEFORE DELETE ON "money_op" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER refund_request_keep BEFORE DELETE ON "refund_request" FOR EACH ROW EXECUTE FUNCTION refuse_change();
