ALTER TABLE "money_op" ADD COLUMN "approved_by_rule" text;--> statement-breakpoint
ALTER TABLE "refund_request" ADD COLUMN "approved_by_rule" text;--> statement-breakpoint
ALTER TABLE "refund_request" ADD COLUMN "judgement" jsonb;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "refund_limit_currency" text;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "refund_day_count_max" integer DEFAULT 10 NOT NULL;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "refund_day_sum_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "refund_sale_age_max_days" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
CREATE INDEX "refund_request_by_rule" ON "refund_request" USING btree ("requested_person","requested_at") WHERE approved_by_rule is not null;--> statement-breakpoint
ALTER TABLE "money_op" ADD CONSTRAINT "money_op_approved_once" CHECK (case when "money_op"."kind" = 'REFUND' then ("money_op"."approved_by_rule" is null) <> ("money_op"."approved_person" is null)
        else "money_op"."approved_by_rule" is null end);--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_approved_once" CHECK ("refund_request"."status" <> 'APPROVED' or (("refund_request"."approved_by_rule" is null) <> ("refund_request"."decided_person" is null)));--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_rule" CHECK ("refund_request"."approved_by_rule" is null or ("refund_request"."approved_by_rule" = 'own-limit' and "refund_request"."status" = 'APPROVED' and "refund_request"."decided_by" is null
        and "refund_request"."decided_at" is not null and "refund_request"."judgement" is not null));--> statement-breakpoint
-- A limit that was stored before counts in the currency of its person's stores; where they differ it meant nothing.
UPDATE "staff" p SET "refund_limit_currency" = x.currency, "refund_day_sum_minor" = "refund_limit_minor" * 5
  FROM (SELECT y.staff_id, min(s.currency) AS currency FROM staff_store y JOIN store s ON s.id = y.store_id
         GROUP BY y.staff_id HAVING count(DISTINCT s.currency) = 1) x
 WHERE x.staff_id = p.id AND p."refund_limit_minor" > 0;--> statement-breakpoint
UPDATE "staff" SET "refund_limit_minor" = 0 WHERE "refund_limit_currency" IS NULL AND "refund_limit_minor" <> 0;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_own_limit" CHECK ("staff"."refund_limit_minor" >= 0 and "staff"."refund_day_count_max" >= 0 and "staff"."refund_day_sum_minor" >= 0 and "staff"."refund_sale_age_max_days" >= 0
        and ("staff"."refund_limit_minor" = 0 or "staff"."refund_limit_currency" is not null));